namespace MesoLiMg.Solvers;

/// <summary>A field that is part of the state, in the solver's layout.</summary>
/// <param name="Name">Name in <c>/state</c> of a snapshot.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Description">One line.</param>
/// <param name="Values">The field on the device.</param>
public readonly record struct StateField(string Name, string Unit, string Description, Kernels.View<double> Values);
