using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public class SetUpLinkTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void A_link_works_for_an_hour()
    {
        var link = new SetUpLink(_time);
        var token = link.Make();
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(SetUpLinkState.Valid, link.Check(token));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SetUpLinkState.Expired, link.Check(token));
    }

    [Fact]
    public void Spent_set_up_link_is_reported_as_used()
    {
        var link = new SetUpLink(_time);
        var token = link.Make();
        link.Spend();
        Assert.Equal(SetUpLinkState.Used, link.Check(token));
    }

    [Fact]
    public void A_new_link_ends_the_old_one()
    {
        var link = new SetUpLink(_time);
        var old = link.Make();
        var token = link.Make();
        Assert.Equal(SetUpLinkState.Unknown, link.Check(old));
        Assert.Equal(SetUpLinkState.Valid, link.Check(token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    public void Unknown_set_up_token_is_reported_as_unknown(string? token)
    {
        var link = new SetUpLink(_time);
        Assert.Equal(SetUpLinkState.Unknown, link.Check(token));
        link.Make();
        Assert.Equal(SetUpLinkState.Unknown, link.Check(token));
    }

    [Fact]
    public void The_token_has_256_bits() => Assert.Equal(43, new SetUpLink(_time).Make().Length);
}
