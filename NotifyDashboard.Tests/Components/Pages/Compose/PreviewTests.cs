using Bunit;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class PreviewTests : ComposeContext
{
    [Fact]
    public async Task Badge_and_toast_stand_in_both_themes_and_the_row_below()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "Your parcel is on its way");
        await page.Find("input[value=warning]").ChangeAsync("warning");
        Assert.Equal(["light", "dark"], page.FindAll(".themes .badges").Select(b => b.GetAttribute("data-theme")));
        Assert.Equal(["light", "dark"], page.FindAll(".stage").Select(b => b.GetAttribute("data-theme")));
        Assert.All(page.FindAll(".toast"), toast => Assert.Equal("Warning Your parcel is on its way", Words(toast)));
        Assert.Equal("Warning Your parcel is on its wayorders/1·nowUnread", Text(page, ".item"));
    }

    [Fact]
    public async Task Raw_data_shows_as_its_type_and_its_text()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", "'Hello Dolly!'");
        Assert.Equal("Raw data ping'Hello Dolly!'", Words(page.FindAll(".toast")[0]));
    }

    [Fact]
    public async Task Markup_in_a_text_stays_text()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "<img src=x onerror=alert(1)>");
        Assert.Empty(page.FindAll(".prev img"));
        Assert.Contains("<img src=x onerror=alert(1)>", Text(page, ".toast"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_without_words_shows_none()
    {
        var page = await OpenAsync();
        Assert.Empty(page.FindAll(".toast, .item"));
    }

    [Fact]
    public async Task A_paste_of_60_kB_is_counted_and_shown_in_part()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", new string('x', 60_000));
        Assert.Contains("60,000 / 65,536 bytes", page.Markup, StringComparison.Ordinal);
        Assert.EndsWith("… and 56,000 more characters", page.Find("pre").TextContent.TrimEnd(), StringComparison.Ordinal);
        await FireAsync(page);
        Assert.Equal(60_000, (await StoredAsync()).Single().Draft.Data!.Value.Text.Length);
    }

    [Fact]
    public async Task More_than_fits_is_said_at_once_and_not_fired()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", new string('x', 70_000));
        Assert.Contains("70,000 / 65,536 bytes: too many", page.Markup, StringComparison.Ordinal);
        await FireAsync(page);
        Assert.Equal("The data has 70000 bytes; at most 65536 fit.", Text(page, ".hint.bad"));
        Assert.Empty(await StoredAsync());
    }
}
