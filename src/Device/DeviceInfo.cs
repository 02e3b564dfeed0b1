namespace MesoLiMg.Device;

/// <summary>A device that could be opened, or why not.</summary>
/// <param name="Name">What to ask for, such as <c>cuda:0</c>.</param>
/// <param name="Description">What it is.</param>
/// <param name="MemoryBytes">Its memory; 0 where there is no device.</param>
/// <param name="DoublePrecision">Whether it calculates in double precision.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
/// <param name="IsGpu">Whether <c>auto</c> would take it.</param>
public sealed record DeviceInfo(string Name, string Description, long MemoryBytes, bool DoublePrecision,
    string? Problem = null, bool IsGpu = false);
