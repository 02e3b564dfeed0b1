namespace MesoLiMg.Kernels;

/// <summary>
/// Which displacement components are free at a node: the product of one 0/1 vector per axis and component, since constraints are whole faces. Entry i of component c along an axis is at
/// <c>c Length + i + 1</c>. Ghosts are not free, nor is the last node along a periodic axis, which repeats the first.
/// </summary>
public readonly struct FreeComponents<T>(View<T> x, View<T> y, View<T> z, int length) where T : unmanaged
{
    /// <summary>1 or 0 for component <paramref name="c"/> (x = 0, z = 1, y = 2).</summary>
    public L At<L>(in Point p, int c) where L : unmanaged, ILane<L, T>
    {
        var first = c * length + 1;
        return L.Load(x, first + p.X) * L.Uniform(y, first + p.Y) * L.Uniform(z, first + p.Z);
    }
}

/// <summary>d ← diag K, at every component.</summary>
public readonly struct StiffnessDiagonal<TOperator, T>(TOperator stiffness, View<T> d, int components, int length) : IKernel<T>
    where TOperator : struct, IElasticOperator<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var k = stiffness.Diagonal<L>(p);
        L.Store(d, p.Index, k.X);
        L.Store(d, p.Index + length, k.Z);
        if (components == 3)
            L.Store(d, p.Index + 2 * length, k.Y);
    }
}

/// <summary>f ← the force of eigenstrains at every component.</summary>
public readonly struct EigenstrainLoad<TOperator, T>(TOperator stiffness, View<T> eigenstrain, View<T> f, int components, int length) : IKernel<T>
    where TOperator : struct, IElasticOperator<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var force = stiffness.EigenstrainForce<L>(eigenstrain, p);
        L.Store(f, p.Index, force.X);
        L.Store(f, p.Index + length, force.Z);
        if (components == 3)
            L.Store(f, p.Index + 2 * length, force.Y);
    }
}

/// <summary>y ← y where free, 0 elsewhere.</summary>
public readonly struct KeepFree<T>(FreeComponents<T> free, View<T> y, int components, int length) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < components; c++)
            L.Store(y, p.Index + c * length, L.Load(y, p.Index + c * length) * free.At<L>(p, c));
    }
}

/// <summary>d ← 1/d where free and d &gt; 0, else 0: Jacobi's inverse, which also keeps constrained components untouched.</summary>
public readonly struct InvertDiagonal<T>(FreeComponents<T> free, View<T> d, int components, int length) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < components; c++)
        {
            var value = L.Load(d, p.Index + c * length);
            var safe = L.IfGreater(value, L.Of(0), value, L.Of(1));
            L.Store(d, p.Index + c * length, L.IfGreater(value, L.Of(0), free.At<L>(p, c) / safe, L.Of(0)));
        }
    }
}

/// <summary>A component of a displacement that is linear in x and y: u ← a + b x + c y.</summary>
/// <param name="x">Position of nodes along x from the middle [m], entry x+1; likewise <paramref name="y"/>.</param>
public readonly struct LinearMotion(View<double> u, View<double> x, View<double> y, double a, double b, double c, int offset) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(u, p.Index + offset, L.MulAdd(L.Of(b), L.Load(x, p.X + 1), L.MulAdd(L.Of(c), L.Uniform(y, p.Y + 1), L.Of(a))));
}

/// <summary>λ and μ at a point [Pa].</summary>
public readonly struct Lame<L>(L lambda, L mu) where L : unmanaged
{
    public readonly L Lambda = lambda, Mu = mu;
}

/// <summary>λ, μ [Pa] from Young's modulus E(x) and Poisson's ratio, wherever x is known.</summary>
/// <param name="group">Index of the cell's material in the table of ν.</param>
/// <param name="modulus">E [Pa].</param>
/// <param name="poisson">ν by material.</param>
public readonly struct ElasticConstants(View<double> x, View<int> group, CompositionLaw modulus, View<double> poisson)
{
    /// <summary>λ, μ at p.</summary>
    public Lame<L> At<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (one, nu) = (L.Of(1), L.Gather(poisson, 0, group, p.Index));
        var mu = modulus.At(L.Load(x, p.Index), p.Index) / (L.Of(2) * (one + nu));
        return new(L.Of(2) * mu * nu / (one - nu - nu), mu);
    }

    /// <summary>(dE/dx)/E at p: 0 for constant stiffness.</summary>
    public L RelativeSlope<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var ratio = L.Load(x, p.Index);
        return modulus.IsConstant ? L.Of(0) : modulus.Slope(ratio, p.Index) / modulus.At(ratio, p.Index);
    }
}

/// <summary>Stores λ, μ of cells.</summary>
public readonly struct StoreLame(ElasticConstants constants, LameFields<double> lame) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var at = constants.At<L>(p);
        L.Store(lame.Mu, p.Index, at.Mu);
        L.Store(lame.Lambda, p.Index, at.Lambda);
    }
}
