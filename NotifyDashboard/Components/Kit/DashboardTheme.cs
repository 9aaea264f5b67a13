using MudBlazor;

namespace NotifyDashboard.Components.Kit;

/// <summary>The tokens of tokens.css as the kit takes them; a test compares the two. Both modes are on every page, and <c>data-theme</c> chooses (theme.js): no flash, and no circuit needed.</summary>
internal static class DashboardTheme
{
    private const string Strong = "600", Medium = "500", Normal = "400";

    private static readonly string[] Faces = ["system-ui", "-apple-system", "\"Segoe UI\"", "Roboto", "\"Noto Sans\"", "\"Helvetica Neue\"", "sans-serif"];

    /// <summary>Holds where nothing says otherwise.</summary>
    public static MudTheme Light { get; } = Create(":root");

    public static MudTheme Dark { get; } = Create(":is([data-theme=\"dark\"])");

    private static MudTheme Create(string scope) => new()
    {
        PaletteLight = new PaletteLight
        {
            Black = "#122124",
            White = "#ffffff",
            Background = "#f4f6f6",
            BackgroundGray = "#edf1f1",
            Surface = "#ffffff",
            Primary = "#0b6377",
            PrimaryContrastText = "#ffffff",
            PrimaryDarken = "#095263",
            PrimaryLighten = "#a9d2da",
            Secondary = "#465659",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#0a5b6e",
            TertiaryContrastText = "#ffffff",
            Info = "#43596b",
            InfoContrastText = "#ffffff",
            Success = "#17693a",
            SuccessContrastText = "#ffffff",
            Warning = "#784b00",
            WarningContrastText = "#ffffff",
            Error = "#8c1763",
            ErrorContrastText = "#ffffff",
            ErrorDarken = "#731051",
            Dark = "#14282e",
            DarkContrastText = "#eff5f6",
            TextPrimary = "#122124",
            TextSecondary = "#465659",
            TextDisabled = "#8c999b",
            ActionDefault = "#465659",
            ActionDisabled = "#8c999b",
            ActionDisabledBackground = "#edf1f1",
            AppbarBackground = "#f4f6f6",
            AppbarText = "#122124",
            DrawerBackground = "#f4f6f6",
            DrawerText = "#465659",
            DrawerIcon = "#465659",
            LinesDefault = "#dde4e5",
            LinesInputs = "#75878b",
            TableLines = "#dde4e5",
            TableStriped = "#f1f5f5",
            TableHover = "#f1f5f5",
            Divider = "#dde4e5",
            DividerLight = "#dde4e5",
            Skeleton = "#e4e9ea",
            GrayDefault = "#5a6a6d",
            GrayLight = "#8c999b",
            GrayLighter = "#dde4e5",
            GrayDark = "#465659",
            GrayDarker = "#122124",
            OverlayDark = "#0d1a1d73",
            RippleOpacity = 0,
            RippleOpacitySecondary = 0,
        },
        PaletteDark = new PaletteDark
        {
            Black = "#e7eef0",
            White = "#131c1f",
            Background = "#0c1315",
            BackgroundGray = "#0a1012",
            Surface = "#131c1f",
            Primary = "#5cc0d5",
            PrimaryContrastText = "#04222a",
            PrimaryDarken = "#7bcfe0",
            PrimaryLighten = "#28596a",
            Secondary = "#b0bfc2",
            SecondaryContrastText = "#131c1f",
            Tertiary = "#74cbdd",
            TertiaryContrastText = "#131c1f",
            Info = "#abc0d0",
            InfoDarken = "#abc0d0", // the kit's alerts have their text in it
            InfoContrastText = "#131c1f",
            Success = "#72d49a",
            SuccessDarken = "#72d49a",
            SuccessContrastText = "#131c1f",
            Warning = "#f1bd5b",
            WarningDarken = "#f1bd5b",
            WarningContrastText = "#131c1f",
            Error = "#f391c9",
            ErrorContrastText = "#131c1f",
            ErrorDarken = "#f391c9",
            Dark = "#e6eef0",
            DarkContrastText = "#122124",
            TextPrimary = "#e7eef0",
            TextSecondary = "#b0bfc2",
            TextDisabled = "#5d6d71",
            ActionDefault = "#b0bfc2",
            ActionDisabled = "#5d6d71",
            ActionDisabledBackground = "#0a1012",
            AppbarBackground = "#0c1315",
            AppbarText = "#e7eef0",
            DrawerBackground = "#0c1315",
            DrawerText = "#b0bfc2",
            DrawerIcon = "#b0bfc2",
            LinesDefault = "#263539",
            LinesInputs = "#6b7f84",
            TableLines = "#263539",
            TableStriped = "#1a262a",
            TableHover = "#1a262a",
            Divider = "#263539",
            DividerLight = "#263539",
            Skeleton = "#1e2a2e",
            GrayDefault = "#8fa0a4",
            GrayLight = "#5d6d71",
            GrayLighter = "#263539",
            GrayDark = "#b0bfc2",
            GrayDarker = "#e7eef0",
            OverlayDark = "#04090bb3",
            RippleOpacity = 0,
            RippleOpacitySecondary = 0,
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "14rem", DrawerWidthRight = "27.5rem", AppbarHeight = "3.5rem" },
        // Lines make surfaces; a shadow means: above the page.
        Shadows = new Shadow { Elevation = ["none", .. Enumerable.Repeat("var(--nd-shadow-1)", 3), .. Enumerable.Repeat("var(--nd-shadow-2)", 12), .. Enumerable.Repeat("var(--nd-shadow-3)", 10)] },
        ZIndex = new ZIndex { AppBar = 10, Drawer = 20, Popover = 45, Dialog = 40, Snackbar = 50, Tooltip = 51 },
        Typography = new Typography
        {
            Default = Text<DefaultTypography>("0.875rem", "1.25rem"),
            Body1 = Text<Body1Typography>("0.875rem", "1.25rem"),
            Body2 = Text<Body2Typography>("0.875rem", "1.25rem"),
            H1 = Text<H1Typography>("1.25rem", "1.75rem", Strong),
            H2 = Text<H2Typography>("1rem", "1.5rem", Strong),
            H3 = Text<H3Typography>("0.875rem", "1.25rem", Strong),
            H4 = Text<H4Typography>("0.875rem", "1.25rem", Strong),
            H5 = Text<H5Typography>("0.875rem", "1.25rem", Strong),
            H6 = Text<H6Typography>("0.875rem", "1.25rem", Strong),
            Subtitle1 = Text<Subtitle1Typography>("0.875rem", "1.25rem"),
            Subtitle2 = Text<Subtitle2Typography>("0.8125rem", "1.25rem", Strong),
            Button = Text<ButtonTypography>("0.875rem", "1.25rem", Medium),
            Caption = Text<CaptionTypography>("0.75rem", "1rem"),
            Overline = Text<OverlineTypography>("0.75rem", "1rem", Medium),
        },
        PseudoCss = new PseudoCss { Scope = scope },
    };

    private static T Text<T>(string size, string lineHeight, string weight = Normal) where T : BaseTypography, new() =>
        new() { FontFamily = Faces, FontSize = size, LineHeight = lineHeight, FontWeight = weight, LetterSpacing = "normal", TextTransform = "none" };
}
