namespace MesoLiMg.Tools.Plots;

/// <summary>What all pictures share.</summary>
internal static class PictureStyle
{
    /// <summary>Between things that stand beside each other [pt].</summary>
    public const double Gap = 3;

    /// <summary>From one line of text to the next [pt].</summary>
    public const double LineHeight = 1.25 * Drawing.FontSize;

    /// <summary>Colour of what explains a picture and is none of its curves.</summary>
    public const string SideColour = "#555555";
}
