using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class LocalUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/history?topic=broadcast#top")]
    public void A_path_of_this_hub_is_kept(string url) => Assert.Equal(url, LocalUrl.OrHome(url));

    [Theory]
    [InlineData("/notify", true)]
    [InlineData("/notify/history?x=1", true)]
    [InlineData("/", false)]
    [InlineData("/notifyother", false)]
    [InlineData("/other", false)]
    [InlineData("/notify/../other", false)]
    [InlineData("/notify/%2e%2E/other", false)]
    public void Under_a_path_what_lies_beside_it_is_another_applications(string url, bool isKept) => Assert.Equal(isKept ? url : "", LocalUrl.OrHome(url, "/notify"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("history")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\u2028/evil.example")]
    [InlineData("/history?topic=\u00e9")]
    public void Anything_else_leads_home(string? url) => Assert.Equal("", LocalUrl.OrHome(url));
}
