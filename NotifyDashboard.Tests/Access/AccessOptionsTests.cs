using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class AccessOptionsTests
{
    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://shop.example/", false)]
    [InlineData("https://shop.example/path", false)]
    [InlineData("shop.example", false)]
    [InlineData("ftp://shop.example", false)]
    [InlineData("*", false)]
    public void Allowed_origin_that_is_not_an_http_origin_is_refused(string origin, bool good)
    {
        var options = new AccessOptions { AllowedOrigins = { origin } };
        var error = FindError(options);
        if (good) Assert.Null(error);
        else Assert.StartsWith("Access:AllowedOrigins:0 ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mara", null, "Access:Bootstrap:OperatorPassword ")]
    [InlineData(null, "horse battery 7", "Access:Bootstrap:OperatorName ")]
    [InlineData("ma\nra", "horse battery 7", "Access:Bootstrap:OperatorName ")]
    [InlineData("mara", "short", "Access:Bootstrap:OperatorPassword ")]
    [InlineData("mara", "mara has a horse", "Access:Bootstrap:OperatorPassword ")]
    public void Invalid_bootstrap_operator_is_refused_with_the_setting_that_is_wrong(string? name, string? password, string key)
    {
        var options = new AccessOptions { Bootstrap = { OperatorName = name, OperatorPassword = password } };
        Assert.StartsWith(key, FindError(options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcde", false)]
    [InlineData("0123456789abcdef.0123456789abcdef", false)]
    [InlineData("0123456789abcdef 0123456789abcdef", false)]
    [InlineData("0123456789abcdéf0123456789abcdef", false)]
    [InlineData("", false)]
    public void A_bootstrap_key_is_32_visible_ASCII_characters_or_more_without_a_dot(string key, bool good)
    {
        var error = FindError(new AccessOptions { Bootstrap = { ApiKey = key } });
        if (good) Assert.Null(error);
        else Assert.StartsWith("Access:Bootstrap:ApiKey ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdef", error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Bootstrap_key_longer_than_256_characters_is_refused() => Assert.NotNull(FindError(new AccessOptions { Bootstrap = { ApiKey = new('k', 257) } }));

    private static string? FindError(AccessOptions options) => new AccessOptionsValidator().Validate(null, options).FailureMessage;
}
