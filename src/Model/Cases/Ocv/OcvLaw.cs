namespace MesoLiMg.Model;

/// <summary>
/// A form of the open-circuit potential U_chem(x): its parameters, and what the rules of a case ask it.
/// </summary>
public abstract record OcvLaw
{
    /// <summary>Whether it is read from a file.</summary>
    public virtual bool NeedsFile => false;

    /// <summary>The file that its points are in; null without.</summary>
    public virtual string? PointsFile => null;

    /// <summary>Entries of <c>material.ocv</c> that it leaves aside.</summary>
    public abstract string[] Unused { get; }

    /// <summary>An entry that is wrong and what is wrong with it; null where all are right.</summary>
    public virtual (string Entry, string What)? Fault => null;

    /// <summary>The x up to which it holds, and the words for it.</summary>
    /// <param name="points">The points of its file, once they are read.</param>
    public virtual (double Last, string What) Limit(OcvTable? points) => (double.PositiveInfinity, "");

    /// <summary>Names of the entries of a Redlich-Kister solution and of a regular one.</summary>
    protected static string[] OfRedlichKister => ["coefficients"];

    /// <inheritdoc cref="OfRedlichKister"/>
    protected static string[] OfRegularSolution => ["standard_potential", "interaction"];
}
