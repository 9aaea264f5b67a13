using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class LocalUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/history?topic=broadcast#top")]
    public void Local_path_is_kept_as_return_URL(string url) => Assert.Equal(url, LocalUrl.OrHome(url));

    [Theory]
    [InlineData("/notify", true)]
    [InlineData("/notify/history?x=1", true)]
    [InlineData("/", false)]
    [InlineData("/notifyother", false)]
    [InlineData("/other", false)]
    [InlineData("/notify/../other", false)]
    [InlineData("/notify/%2e%2E/other", false)]
    public void Return_URL_outside_the_path_base_is_replaced_by_the_home_page(string url, bool isKept) => Assert.Equal(isKept ? url : "", LocalUrl.OrHome(url, "/notify"));

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
    public void Return_URL_that_is_not_a_local_path_is_replaced_by_the_home_page(string? url) => Assert.Equal("", LocalUrl.OrHome(url));
}
