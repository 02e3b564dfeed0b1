using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// A force in the equilibrium that is no linear function of the displacement: the tangential traction of an interface,
/// or what a material adds to its elastic stress. <see cref="Equilibrium"/> finds the displacement with all of them.
/// </summary>
public interface INonlinearTerm
{
    /// <summary>How its force follows the displacement.</summary>
    Tangent Tangent { get; }

    /// <summary>r ← r + its force on the nodes at a displacement.</summary>
    /// <param name="u">Displacement at nodes [m].</param>
    /// <param name="r">Unbalanced force [N; N/m in plane strain; N/rad in r-z].</param>
    void AddResidual(Field<Node, double> u, Field<Node, double> r);

    /// <summary>Writes minus the derivative of its force at a displacement into the operator.</summary>
    /// <param name="u">Displacement at nodes [m].</param>
    /// <param name="tangent">The operator on the finest grid, whose springs or moduli are those of this term.</param>
    void Linearise(Field<Node, double> u, ElasticLevel<double> tangent);

    /// <summary>
    /// Whether there is something in it that follows the solution and is held while Newton's iteration seeks it, as
    /// <see cref="Follow"/> moves it afterwards.
    /// </summary>
    bool Follows { get; }

    /// <summary>Moves what is held during Newton's iteration to where it belongs for the solution found.</summary>
    void Follow(in NodalForces forces);

    /// <summary>
    /// Takes the last solution as the end of a step: what the term remembers changes here and nowhere else.
    /// </summary>
    /// <param name="u">Displacement at nodes [m].</param>
    void Accept(Field<Node, double> u);

    /// <summary>What it takes over from one step to the next: any number of fields, which snapshots keep.</summary>
    IReadOnlyList<StateField> State { get; }

    /// <summary>What it has for history.csv; the columns themselves are declared beside its kind.</summary>
    IReadOnlyList<TermValue> Columns { get; }
}

/// <summary>How the force of a term follows the displacement, and so what its tangent asks of the solver.</summary>
public enum Tangent
{
    /// <summary>Linearly: its tangent is written once.</summary>
    Constant,

    /// <summary>By a symmetric tangent that is not negative: the derivative of a convex energy.</summary>
    Symmetric,

    /// <summary>By any tangent; conjugate gradients cannot solve with it, and nothing here does yet.</summary>
    General,
}

/// <summary>A number that a term has for a column of history.csv.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Value">The number for the state last accepted; null for none.</param>
public sealed record TermValue(string Column, Func<double?> Value);

/// <summary>Forces at nodes, held components too [N; N/m in plane strain; N/rad in r-z].</summary>
/// <param name="Internal">K u.</param>
/// <param name="Eigen">f of the inelastic strain.</param>
public readonly record struct NodalForces(Field<Node, double> Internal, Field<Node, double> Eigen);
