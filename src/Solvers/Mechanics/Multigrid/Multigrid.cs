using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// A V-cycle for elasticity with interface springs, on rediscretised operators: Chebyshev smoothing, multilinear
/// transfer, coarse moduli by averaging, and the inverse of the coarsest matrix. Symmetric, so that conjugate gradients
/// can use it. The grids may have any number of cells.
/// </summary>
public sealed class Multigrid<T> where T : unmanaged
{
    private const int CoarsestUnknowns = 150;

    /// <summary>
    /// A cube of so many cells is left to the coarsest grid as well: as a single cell it would cost an iteration.
    /// </summary>
    private const int CoarsestCells = 3;

    private readonly IDevice device;
    private readonly List<Level> levels = [];
    private readonly CoarseInverse<T> coarsest;

    /// <summary>Builds the levels below a grid.</summary>
    /// <param name="finest">The operator on the finest grid, in the cycle's precision.</param>
    public Multigrid(IDevice device, ElasticLevel<T> finest, HeldFaces held)
    {
        this.device = device;
        var level = finest;
        while (true)
        {
            var transfer = level.Grid.Unknowns > CoarsestUnknowns
                && level.Grid.Widths.Max(widths => widths.Length) > CoarsestCells
                ? LevelTransfer<T>.From(device, level.Grid, held) : null;
            levels.Add(new Level(device, level, transfer));
            if (transfer is null)
                break;
            level = ElasticLevels.Create<T>(device, transfer.Coarse, held);
            level.Punch = finest.Punch;
        }
        coarsest = new CoarseInverse<T>(device, level, held);
    }

    /// <summary>Takes over new moduli of the finest grid.</summary>
    public void UpdateStiffness()
    {
        for (var l = 1; l < levels.Count; l++)
            levels[l - 1].CoarsenLame(levels[l]);
        for (var l = 0; l < levels.Count - 1; l++)
            levels[l].EstimateLargestEigenvalue();
        coarsest.UpdateStiffness();
    }

    /// <summary>Takes over new springs of the finest grid (and moduli, see <see cref="UpdateStiffness"/>).</summary>
    public void UpdateSprings()
    {
        for (var l = 1; l < levels.Count; l++)
            levels[l - 1].RestrictSprings(levels[l]);
        for (var l = 0; l < levels.Count - 1; l++)
            levels[l].Operator.InverseDiagonal(levels[l].InverseDiagonal);
        coarsest.Update();
    }

    /// <summary>Fields on the finest grid that a caller may use for b and x.</summary>
    public (Field<Node, T> B, Field<Node, T> X) Finest => (levels[0].B, levels[0].X);

    /// <summary>x ← one V-cycle for A x = b from zero.</summary>
    public void Apply(Field<Node, T> b, Field<Node, T> x) => Cycle(0, b, x);

    private void Cycle(int l, Field<Node, T> b, Field<Node, T> x)
    {
        if (l == levels.Count - 1)
        {
            coarsest.Apply(b, x);
            return;
        }
        var (level, coarse) = (levels[l], levels[l + 1]);
        level.SmoothFromZero(b, x);
        level.Restrict(coarse, b, x);
        Cycle(l + 1, coarse.B, coarse.X);
        level.Prolong(coarse);
        level.Smooth(b, x);
    }

    /// <summary>One grid of the cycle with its work fields.</summary>
    private sealed class Level(IDevice device, ElasticLevel<T> stiffness, LevelTransfer<T>? transfer)
    {
        /// <summary>Smoothing acts on eigenvalues down to this fraction of the largest.</summary>
        private const double SmoothingRange = 0.12;

        private readonly GridLevel grid = stiffness.Grid;
        private readonly Box<Flat> flat = stiffness.Grid.Flat(stiffness.Grid.Components);

        /// <summary>Takes turns with x: the smoother writes each of its steps over the one before the last.</summary>
        private readonly Field<Node, T> other = stiffness.Grid.NodeField<T>(stiffness.Grid.Components);

        private double largest = 2;

        public ElasticLevel<T> Operator => stiffness;
        public Field<Node, T> InverseDiagonal { get; } = stiffness.Grid.NodeField<T>(stiffness.Grid.Components);
        public Field<Node, T> B { get; } = stiffness.Grid.NodeField<T>(stiffness.Grid.Components);
        public Field<Node, T> X { get; } = stiffness.Grid.NodeField<T>(stiffness.Grid.Components);

        private LevelTransfer<T> Transfer => transfer!;

        public void CoarsenLame(Level coarse)
        {
            device.Launch<CoarsenLame<T>, Cell, T>(new(stiffness.Lame, coarse.Operator.Lame, Transfer.Children),
                coarse.grid.Cells);
            coarse.grid.FillGhosts(coarse.Operator.Lame.Lambda);
            coarse.grid.FillGhosts(coarse.Operator.Lame.Mu);
        }

        public void RestrictSprings(Level coarse)
        {
            for (var side = 0; side < 2; side++)
            {
                coarse.Operator.HasSprings[side] = stiffness.HasSprings[side];
                if (stiffness.HasSprings[side])
                    device.Launch<RestrictSprings<T>, Node, T>(
                        new(stiffness.Springs[side], coarse.Operator.Springs[side], Transfer.Transfer),
                            coarse.grid.NodePlane(side == 1));
            }
        }

        /// <summary>
        /// Of D⁻¹ K without springs: these add the same to D and K, and cannot push the largest eigenvalue beyond
        /// max(λ, 1).
        /// </summary>
        public void EstimateLargestEigenvalue()
        {
            var (low, high) = (stiffness.HasSprings[0], stiffness.HasSprings[1]);
            stiffness.HasSprings.AsSpan().Clear();
            stiffness.InverseDiagonal(InverseDiagonal);
            largest = LargestEigenvalue.Above(device, stiffness, InverseDiagonal, X, B, other);
            (stiffness.HasSprings[0], stiffness.HasSprings[1]) = (low, high);
        }

        /// <summary>Three steps from zero, the last of them in <see cref="other"/>.</summary>
        public void SmoothFromZero(Field<Node, T> b, Field<Node, T> x)
        {
            var polynomial = new ChebyshevSteps(largest * SmoothingRange, largest);
            device.Launch<SmoothChebyshevStart<T>, Flat, T>(
                new(other.AsFlat, b.AsFlat, InverseDiagonal.AsFlat,
                    polynomial.Next().Correction),
                flat);
            Second(b, other, x, polynomial.Next());
            Further(b, x, other, polynomial.Next());
        }

        /// <summary>Three steps from <see cref="other"/>, the last of them in x.</summary>
        public void Smooth(Field<Node, T> b, Field<Node, T> x)
        {
            var polynomial = new ChebyshevSteps(largest * SmoothingRange, largest);
            Second(b, other, x, polynomial.Next());
            Further(b, x, other, polynomial.Next());
            Further(b, other, x, polynomial.Next());
        }

        /// <summary>The residual of <see cref="other"/>, for which x is free now, to the coarser grid.</summary>
        public void Restrict(Level coarse, Field<Node, T> b, Field<Node, T> x)
        {
            stiffness.Residual(b, other, x);
            device.Launch<RestrictFullWeighting<T>, Node, T>(new(x, coarse.B, Transfer.Transfer), coarse.grid.Nodes);
            coarse.Operator.Project(coarse.B);
        }

        /// <summary>Adds the coarser grid's correction to <see cref="other"/>.</summary>
        public void Prolong(Level coarse)
        {
            coarse.grid.FillGhosts(coarse.X);
            device.Launch<Prolongate<T>, Node, T>(new(coarse.X, other, Transfer.Transfer), grid.Nodes);
        }

        private void Second(Field<Node, T> b, Field<Node, T> x, Field<Node, T> next,
            (double Momentum, double Correction) step)
        {
            stiffness.Apply(x, new SmoothChebyshevSecond<T>(
                x, next, b, InverseDiagonal,
                step.Momentum, step.Correction));
            stiffness.Project(next);
        }

        private void Further(Field<Node, T> b, Field<Node, T> x, Field<Node, T> beforeAndNext,
            (double Momentum, double Correction) step)
        {
            stiffness.Apply(x, new SmoothChebyshev<T>(
                x, beforeAndNext, b, InverseDiagonal,
                step.Momentum, step.Correction));
            stiffness.Project(beforeAndNext);
        }
    }
}

/// <summary>
/// The coefficients of Chebyshev's iteration step by step, for eigenvalues from <paramref name="least"/> to <paramref
/// name="largest"/> (Saad, Iterative Methods for Sparse Linear Systems, algorithm 12.1).
/// </summary>
internal struct ChebyshevSteps(double least, double largest)
{
    private readonly double centre = (largest + least) / 2, halfWidth = (largest - least) / 2;
    private double rho;

    /// <summary>The factors of the last step and of the preconditioned residual.</summary>
    public (double Momentum, double Correction) Next()
    {
        if (rho == 0)
        {
            rho = halfWidth / centre;
            return (0, 1 / centre);
        }
        var next = 1 / (2 * centre / halfWidth - rho);
        var step = (next * rho, 2 * next / halfWidth);
        rho = next;
        return step;
    }
}
