using System.Text;
using Bunit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class WirePreviewTests : ComposeContext
{
    [Fact]
    public async Task Wire_preview_of_content_equals_the_sent_bytes()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Paid \"now\" 🎉 <b>");
        await TypeAsync(page, "type", "order");
        await TypeAsync(page, "text", "First\nSecond");
        var (shown, bytes) = (page.Find("pre").TextContent, Text(page, ".pv .count"));
        await FireAsync(page);
        AssertOnTheWire(shown, bytes);
    }

    [Theory]
    [InlineData("ping", "'Hello Dolly!'")]
    [InlineData("message", "a: b\n\n c")]
    public async Task Wire_preview_of_raw_data_equals_the_sent_bytes(string type, string data)
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, type, data);
        var (shown, bytes) = (page.Find("pre").TextContent, Text(page, ".pv .count"));
        await FireAsync(page);
        AssertOnTheWire(shown, bytes);
    }

    [Fact]
    public async Task Wire_preview_of_an_invalid_draft_is_hidden()
    {
        var page = await OpenAsync();
        await TypeAsync(page, "title", "T");
        Assert.Single(page.FindAll("pre"));
        await TypeAsync(page, "type", "two words");
        Assert.Empty(page.FindAll("pre"));
        await TypeAsync(page, "type", "ping");
        Assert.Single(page.FindAll("pre"));
        await TypeAsync(page, "title", "");
        Assert.Empty(page.FindAll("pre"));
    }

    [Fact]
    public async Task Wire_preview_without_bytes_shows_the_reason()
    {
        const string hint = ".pv > .hint", nothing = "The event appears here as soon as there is a title or data.";
        var page = await OpenAsync();
        Assert.Equal(nothing, Text(page, hint));
        await TypeAsync(page, "title", new string('T', DraftRules.MaxTitle + 1));
        Assert.Equal("No bytes yet. The title has 201 characters, counted in UTF-16 units; at most 200 fit.", Text(page, hint));
        await TypeAsync(page, "title", "");
        Assert.Equal(nothing, Text(page, hint));
    }

    // The empty line that ends a frame is not shown.
    private void AssertOnTheWire(string shown, string bytes)
    {
        var wire = Store.Hub.ReplayBuffer.Find(1)!.Bytes(WireForm.Plain);
        Assert.Equal((Encoding.UTF8.GetString(wire), $"{wire.Length} bytes"), (shown + "\n", bytes));
    }
}
