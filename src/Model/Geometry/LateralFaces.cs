namespace MesoLiMg.Model;

/// <summary>
/// What happens mechanically at each lateral face, defaults filled in. An axis in r-z is <see
/// cref="LateralKind.Symmetric"/>, and so are the faces of axes that the domain lacks: no displacement across them and
/// no shear is what a slab (ε_xx = ε_yy = 0) and plane strain (ε_yy = 0) mean.
/// </summary>
public readonly record struct LateralFaces(LateralKind XMin, LateralKind XMax, LateralKind YMin, LateralKind YMax)
{
    /// <summary>The faces of a domain whose entries have passed the checks of the case reader.</summary>
    public static LateralFaces Of(DomainCase domain)
    {
        LateralCase lateral = domain.Lateral;
        bool axis = domain.Kind == DomainKind.Axisymmetric;
        bool hasX = domain.Kind != DomainKind.Slab, hasY = domain.Kind == DomainKind.ThreeD;
        return new(
            hasX && !axis ? Near(lateral.XMin, lateral.All) : LateralKind.Symmetric,
            hasX ? Far(lateral.XMax, lateral.All) : LateralKind.Symmetric,
            hasY ? Near(lateral.YMin, lateral.All) : LateralKind.Symmetric,
            hasY ? Far(lateral.YMax, lateral.All) : LateralKind.Symmetric);
    }

    /// <summary>
    /// <c>lateral: free</c> frees the far faces only; the near ones keep the symmetry that holds the film.
    /// </summary>
    private static LateralKind Near(LateralKind? own, LateralKind? all) =>
        own ?? (all is null or LateralKind.Free ? LateralKind.Symmetric : all.Value);

    private static LateralKind Far(LateralKind? own, LateralKind? all) => own ?? all ?? LateralKind.Free;
}
