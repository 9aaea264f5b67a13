using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Hub;

public class EpochsTests
{
    // A backup with 100 notifications was restored, then one with 50 of the second life's.
    private readonly Epochs _epochs = new([new("third", 150), new("first", 0), new("second", 101)]);

    [Theory]
    [InlineData(0, "first")]
    [InlineData(100, "first")]
    [InlineData(101, "second")]
    [InlineData(149, "second")]
    [InlineData(150, "third")]
    [InlineData(long.MaxValue, "third")]
    public void A_sequence_keeps_the_epoch_in_which_it_was_given(long sequence, string epoch) => Assert.Equal(new Cursor(epoch, sequence), _epochs.CursorOf(sequence));

    [Theory]
    [InlineData("first", 0, true)]
    [InlineData("first", 100, true)]
    [InlineData("first", 101, false)]
    [InlineData("second", 149, true)]
    [InlineData("second", 150, false)]
    [InlineData("third", 1_000, true)]
    [InlineData("other", 1, false)]
    public void An_older_cursor_resumes_only_below_the_next_epochs_first(string epoch, long sequence, bool known) =>
        Assert.Equal(known, _epochs.Contains(new Cursor(epoch, sequence)));

    [Fact]
    public void A_log_without_an_epoch_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Epochs([]));

    [Fact]
    public void New_epoch_name_is_valid_and_unique()
    {
        var names = Enumerable.Range(0, 100).Select(_ => Epoch.NewName()).ToArray();
        Assert.All(names, name => Assert.True(Cursor.TryParse(name + "-1", out _)));
        Assert.Equal(100, names.Distinct().Count());
    }
}
