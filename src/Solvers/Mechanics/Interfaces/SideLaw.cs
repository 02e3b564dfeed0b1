using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>A side z = const of the grid of the displacement, as its law needs it.</summary>
/// <param name="Device">Device.</param>
/// <param name="Grid">The grid.</param>
/// <param name="High">Whether it is the SE side, else the collector's.</param>
/// <param name="Areas">A, the areas of its nodes, ∫ N dA over the faces of cells that are there.</param>
/// <param name="Free">Components of nodes that are not held.</param>
/// <param name="Case">What the case says of the side.</param>
public sealed record FilmSide(
    IDevice Device, GridLevel Grid, bool High, Field<Side, double> Areas, FreeComponents<double> Free,
    InterfaceCase Case)
{
    /// <summary>The name in fields of the state and columns of the history.</summary>
    public string Name => High ? "se" : "collector";

    /// <summary>The nodes.</summary>
    public Box<Node> Nodes => Grid.NodePlane(High);

    /// <summary>Whether the normal traction is given there and does not follow from the solution.</summary>
    public bool HasGivenPressure => High && Case.Normal == NormalLaw.Pressure;

    /// <summary>A field of zeros at the nodes, of the length that snapshots keep.</summary>
    public Field<Side, double> NewField(int components) =>
        new(Device.Allocate<double>(components * Grid.Layout.StrideZ), Grid.Layout.Plane, components);
}

/// <summary>
/// What a law gives of the stress on the face of the film: its tractions, and its place to write them.
/// </summary>
public interface IFaceStress
{
    /// <summary>Sets the normal stress to the pressure, where one is given.</summary>
    void SetPressure();

    /// <summary>Sets the shears to zero.</summary>
    void ClearShear();

    /// <summary>Sets the shears to those of a traction of the nodes, components x, y [Pa].</summary>
    void SetShear(Field<Side, double> traction);
}

/// <summary>
/// What the tangential law of one side does to the film, with its state on the device. Each law has a class in a file
/// of its own; <see cref="SideLaws"/> lists them.
/// </summary>
public abstract class SideLaw
{
    /// <summary>Its force in the equilibrium; null where it has none.</summary>
    public virtual INonlinearTerm? Term => null;

    /// <summary>Writes what is known of the stress on the film's face.</summary>
    public virtual void Close(IFaceStress face) => face.SetPressure();
}
