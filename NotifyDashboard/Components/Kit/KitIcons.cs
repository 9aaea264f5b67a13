namespace NotifyDashboard.Components.Kit;

/// <summary>The product's outlines as the kit takes icons. They bring their own stroke, since the kit fills.</summary>
internal static class KitIcons
{
    /// <param name="name">Of <see cref="IconShapes"/>.</param>
    /// <returns>SVG, for an <c>Icon</c> parameter of the kit.</returns>
    public static string Of(string name) =>
        $"""<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{IconShapes.Of(name)}</g>""";
}
