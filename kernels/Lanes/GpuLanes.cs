#if ILGPU
namespace MesoLiMg.Kernels;

/// <summary>
/// The lane of ILGPU's devices in double precision: one point. MulAdd may or may not round once: GPUs contract it as
/// they like, and OpenCL has no text for a fused one from C#.
/// </summary>
public readonly struct GpuDouble(double value) : ILane<GpuDouble, double>
{
    /// <summary>The number.</summary>
    public readonly double Value = value;

    public static int Width => 1;

    public static GpuDouble Load(View<double> view, int i) => new(view.Array[i]);

    public static void Store(View<double> view, int i, GpuDouble value) => view.Array[i] = value.Value;

    public static GpuDouble LoadSingle(View<float> view, int i) => new(view.Array[i]);

    public static void StoreSingle(View<float> view, int i, GpuDouble value) => view.Array[i] = (float)value.Value;

    public static GpuDouble Gather(View<double> view, int offset, View<int> map, int i) =>
        new(view.Array[offset + map.Array[i]]);

    public static GpuDouble Lookup(View<double> table, GpuDouble index) => new(table.Array[(int)index.Value]);

    public static GpuDouble LoadInteger(View<int> view, int i) => new(view.Array[i]);

    public static GpuDouble Of(double value) => new(value);

    public static GpuDouble Uniform(View<double> table, int k) => new(table.Array[k]);

    public static int Integer(View<int> map, int k) => map.Array[k];

    public static GpuDouble Ramp(int i) => new(i);

    public static GpuDouble operator +(GpuDouble a, GpuDouble b) => new(a.Value + b.Value);

    public static GpuDouble operator -(GpuDouble a, GpuDouble b) => new(a.Value - b.Value);

    public static GpuDouble operator *(GpuDouble a, GpuDouble b) => new(a.Value * b.Value);

    public static GpuDouble operator /(GpuDouble a, GpuDouble b) => new(a.Value / b.Value);

    public static GpuDouble operator -(GpuDouble a) => new(-a.Value);

    public static GpuDouble MulAdd(GpuDouble a, GpuDouble b, GpuDouble c) => new(a.Value * b.Value + c.Value);

    public static GpuDouble Sqrt(GpuDouble a) => new(Math.Sqrt(a.Value));

    public static GpuDouble Abs(GpuDouble a) => new(Math.Abs(a.Value));

    public static GpuDouble Floor(GpuDouble a) => new(Math.Floor(a.Value));

    /// <summary>
    /// Not the device's own minimum, which takes the other number for a NaN and so would hide a failed solution.
    /// </summary>
    public static GpuDouble Min(GpuDouble a, GpuDouble b) =>
        new(a.Value < b.Value | double.IsNaN(a.Value) ? a.Value : b.Value);

    /// <summary>
    /// Not the device's own maximum, which takes the other number for a NaN and so would hide a failed solution.
    /// </summary>
    public static GpuDouble Max(GpuDouble a, GpuDouble b) =>
        new(a.Value > b.Value | double.IsNaN(a.Value) ? a.Value : b.Value);

    public static GpuDouble Exp(GpuDouble a) => new(Math.Exp(a.Value));

    public static GpuDouble Log(GpuDouble a) => new(Math.Log(a.Value));

    public static GpuDouble IfGreater(GpuDouble a, GpuDouble b, GpuDouble yes, GpuDouble no) =>
        a.Value > b.Value ? yes : no;
}

/// <summary>
/// The lane of ILGPU's devices in single precision: one point. MulAdd may or may not round once: GPUs contract it as
/// they like, and OpenCL has no text for a fused one from C#.
/// </summary>
public readonly struct GpuFloat(float value) : ILane<GpuFloat, float>
{
    /// <summary>The number.</summary>
    public readonly float Value = value;

    public static int Width => 1;

    public static GpuFloat Load(View<float> view, int i) => new(view.Array[i]);

    public static void Store(View<float> view, int i, GpuFloat value) => view.Array[i] = value.Value;

    public static GpuFloat LoadSingle(View<float> view, int i) => new(view.Array[i]);

    public static void StoreSingle(View<float> view, int i, GpuFloat value) => view.Array[i] = value.Value;

    public static GpuFloat Gather(View<float> view, int offset, View<int> map, int i) =>
        new(view.Array[offset + map.Array[i]]);

    public static GpuFloat Lookup(View<float> table, GpuFloat index) => new(table.Array[(int)index.Value]);

    public static GpuFloat LoadInteger(View<int> view, int i) => new(view.Array[i]);

    public static GpuFloat Of(double value) => new((float)value);

    public static GpuFloat Uniform(View<float> table, int k) => new(table.Array[k]);

    public static int Integer(View<int> map, int k) => map.Array[k];

    public static GpuFloat Ramp(int i) => new(i);

    public static GpuFloat operator +(GpuFloat a, GpuFloat b) => new(a.Value + b.Value);

    public static GpuFloat operator -(GpuFloat a, GpuFloat b) => new(a.Value - b.Value);

    public static GpuFloat operator *(GpuFloat a, GpuFloat b) => new(a.Value * b.Value);

    public static GpuFloat operator /(GpuFloat a, GpuFloat b) => new(a.Value / b.Value);

    public static GpuFloat operator -(GpuFloat a) => new(-a.Value);

    public static GpuFloat MulAdd(GpuFloat a, GpuFloat b, GpuFloat c) => new(a.Value * b.Value + c.Value);

    public static GpuFloat Sqrt(GpuFloat a) => new(MathF.Sqrt(a.Value));

    public static GpuFloat Abs(GpuFloat a) => new(MathF.Abs(a.Value));

    public static GpuFloat Floor(GpuFloat a) => new(MathF.Floor(a.Value));

    /// <summary>
    /// Not the device's own minimum, which takes the other number for a NaN and so would hide a failed solution.
    /// </summary>
    public static GpuFloat Min(GpuFloat a, GpuFloat b) =>
        new(a.Value < b.Value | float.IsNaN(a.Value) ? a.Value : b.Value);

    /// <summary>
    /// Not the device's own maximum, which takes the other number for a NaN and so would hide a failed solution.
    /// </summary>
    public static GpuFloat Max(GpuFloat a, GpuFloat b) =>
        new(a.Value > b.Value | float.IsNaN(a.Value) ? a.Value : b.Value);

    public static GpuFloat Exp(GpuFloat a) => new(MathF.Exp(a.Value));

    public static GpuFloat Log(GpuFloat a) => new(MathF.Log(a.Value));

    public static GpuFloat IfGreater(GpuFloat a, GpuFloat b, GpuFloat yes, GpuFloat no) => a.Value > b.Value ? yes : no;
}
#endif
