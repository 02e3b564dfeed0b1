namespace MesoLiMg.Model;

/// <summary>Constants of the 2019 SI.</summary>
public static class PhysicalConstants
{
    /// <summary>Faraday's constant [C/mol].</summary>
    public const double Faraday = 96485.33212331001;

    /// <summary>Gas constant [J/(mol K)].</summary>
    public const double Gas = 8.31446261815324;
}
