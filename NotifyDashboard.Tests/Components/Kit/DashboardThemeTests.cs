using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using NotifyDashboard.Components.Kit;

namespace NotifyDashboard.Tests.Components.Kit;

/// <summary>One palette: the kit's theme has the values of tokens.css, which the elements, the demo and the account pages use.</summary>
public sealed partial class DashboardThemeTests
{
    private static readonly string Tokens = File.ReadAllText(TokensFile());

    private static readonly (string Token, Func<Palette, MudColor> Color)[] Colours =
    [
        ("canvas", p => p.Background), ("canvas", p => p.AppbarBackground), ("canvas", p => p.DrawerBackground), ("surface", p => p.Surface), ("surface-sunken", p => p.BackgroundGray),
        ("surface-inverse", p => p.Dark), ("text-inverse", p => p.DarkContrastText),
        ("text", p => p.TextPrimary), ("text", p => p.Black), ("text", p => p.AppbarText), ("text-muted", p => p.TextSecondary), ("text-muted", p => p.DrawerText), ("text-muted", p => p.DrawerIcon),
        ("text-muted", p => p.ActionDefault), ("text-muted", p => p.Secondary), ("text-disabled", p => p.TextDisabled), ("text-disabled", p => p.ActionDisabled), ("surface-sunken", p => p.ActionDisabledBackground),
        ("accent", p => p.Primary), ("on-accent", p => p.PrimaryContrastText), ("accent-hover", p => p.PrimaryDarken), ("accent-line", p => p.PrimaryLighten), ("accent-text", p => p.Tertiary),
        ("info", p => p.Info), ("success", p => p.Success), ("warning", p => p.Warning), ("critical", p => p.Error),
        ("border", p => p.LinesDefault), ("border-strong", p => p.LinesInputs), ("border", p => p.TableLines), ("border", p => p.Divider), ("border", p => p.DividerLight),
        ("surface-hover", p => p.TableHover), ("surface-hover", p => p.TableStriped), ("skeleton", p => p.Skeleton), ("scrim", p => p.OverlayDark),
        ("text-subtle", p => p.GrayDefault), ("text-disabled", p => p.GrayLight), ("border", p => p.GrayLighter), ("text-muted", p => p.GrayDark), ("text", p => p.GrayDarker),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Theme_colours_equal_the_design_tokens(bool dark)
    {
        var block = Tokens[Tokens.IndexOf(dark ? "\n[data-theme=\"dark\"]" : "[data-theme=\"light\"]", StringComparison.Ordinal)..];
        var tokens = Token().Matches(block[..block.IndexOf("\n}", StringComparison.Ordinal)]).ToDictionary(token => token.Groups[1].Value, token => token.Groups[2].Value);
        Palette palette = dark ? DashboardTheme.Dark.PaletteDark : DashboardTheme.Light.PaletteLight;
        // A button that is pointed at in the light theme; the text of an alert in both.
        Assert.Equal(new MudColor(tokens[dark ? "critical" : "critical-fill-hover"]), palette.ErrorDarken);
        Assert.All(Colours, colour => Assert.Equal((colour.Token, new MudColor(tokens[colour.Token])), (colour.Token, colour.Color(palette))));
    }

    [Fact]
    public void Theme_palette_does_not_use_the_badge_red()
    {
        var badge = new MudColor(Value("badge"));
        Assert.DoesNotContain(badge, Colours.SelectMany(colour => new[] { colour.Color(DashboardTheme.Light.PaletteLight), colour.Color(DashboardTheme.Dark.PaletteDark) }));
    }

    [Fact]
    public void Theme_typography_and_measures_equal_the_design_tokens()
    {
        var type = DashboardTheme.Light.Typography;
        Assert.Equal(Value("font"), string.Join(", ", type.Default.FontFamily!));
        Assert.Equal((Value("text-md"), Value("line-md")), (type.Default.FontSize, type.Default.LineHeight));
        Assert.Equal((Value("text-xl"), Value("line-xl"), Value("weight-strong")), (type.H1.FontSize, type.H1.LineHeight, type.H1.FontWeight));
        Assert.Equal((Value("text-xs"), Value("line-xs")), (type.Caption.FontSize, type.Caption.LineHeight));
        var layout = DashboardTheme.Light.LayoutProperties;
        Assert.Equal((Value("radius-md"), Value("sidebar"), Value("drawer"), Value("topbar")), (layout.DefaultBorderRadius, layout.DrawerWidthLeft, layout.DrawerWidthRight, layout.AppbarHeight));
        Assert.Equal((Value("z-sticky"), Value("z-dialog"), Value("z-toast")), (Text(DashboardTheme.Light.ZIndex.AppBar), Text(DashboardTheme.Light.ZIndex.Dialog), Text(DashboardTheme.Light.ZIndex.Snackbar)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Value(string token) => Token().Matches(Tokens).First(found => found.Groups[1].Value == token).Groups[2].Value;

    private static string TokensFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../NotifyDashboard/wwwroot/tokens.css");

    [GeneratedRegex("--nd-([a-z0-9-]+): ([^;]+);")]
    private static partial Regex Token();
}
