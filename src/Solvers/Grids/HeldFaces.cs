using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Which displacement components are held at which face: entry [face, component], faces x_min, x_max, y_min, y_max,
/// z_min, z_max, components x, z, y.
/// </summary>
public sealed class HeldFaces
{
    private readonly bool[,] held = new bool[6, 3];

    /// <summary>Whether a component (x = 0, z = 1, y = 2) is held at a face (axis 0, 1, 2; low or high).</summary>
    public bool this[int axis, bool high, int component]
    {
        get => held[2 * axis + (high ? 1 : 0), component];
        set => held[2 * axis + (high ? 1 : 0), component] = value;
    }

    /// <summary>Whether nothing holds a component anywhere.</summary>
    public bool IsFree(int component) => Enumerable.Range(0, 6).All(face => !held[face, component]);

    /// <summary>Whether a face is held against motion along itself.</summary>
    public bool HoldsAlong(int axis, bool high)
    {
        // Components are counted x, z, y.
        var normal = axis switch { 0 => 0, 1 => 2, _ => 1 };
        return Enumerable.Range(0, 3).Any(component => component != normal && this[axis, high, component]);
    }

    /// <summary>What the lateral faces and the outer interfaces of a case hold; the collector always u_z.</summary>
    public static HeldFaces Of(Case @case)
    {
        const int x = 0, z = 1, y = 2;
        var (faces, lateral) = (new HeldFaces(), LateralFaces.Of(@case.Domain));
        void Side(int axis, bool high, LateralKind kind, int normal, int other)
        {
            faces[axis, high, normal] = kind is LateralKind.Symmetric or LateralKind.Clamped;
            faces[axis, high, other] = kind == LateralKind.Clamped;
        }
        Side(0, false, lateral.XMin, x, y);
        Side(0, true, lateral.XMax, x, y);
        if (@case.Domain.Kind == DomainKind.ThreeD)
        {
            Side(1, false, lateral.YMin, y, x);
            Side(1, true, lateral.YMax, y, x);
        }
        faces[2, false, z] = true;
        faces[2, false, x] = faces[2, false, y] = @case.Interfaces.Collector.Tangential.AtEnd().HoldsFilm;
        faces[2, true, x] = faces[2, true, y] = @case.Interfaces.Se.Tangential.AtEnd().HoldsFilm;
        return faces;
    }
}
