namespace MesoLiMg.Model;

/// <summary>Exponents of the SI base units m, kg, s, A, K and mol.</summary>
internal readonly record struct Dimension(int Length, int Mass, int Time, int Current, int Temperature, int Amount)
{
    public static Dimension operator *(Dimension a, Dimension b) => new(
        a.Length + b.Length, a.Mass + b.Mass, a.Time + b.Time, a.Current + b.Current, a.Temperature + b.Temperature,
            a.Amount + b.Amount);

    public Dimension Power(int n) => new(n * Length, n * Mass, n * Time, n * Current, n * Temperature, n * Amount);
}
