using FsCheck;
using FsCheck.Fluent;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

public class UnitsTests
{
    [Theory]
    [InlineData("1e-11 cm^2/s", "m^2/s", 1e-15)]
    [InlineData("0.43 GPa", "Pa", 0.43e9)]
    [InlineData("0.43GPa", "Pa", 0.43e9)]
    [InlineData("100 nm", "m", 1e-7)]
    [InlineData("25 °C", "K", 298.15)]
    [InlineData("-10 °C", "K", 263.15)]
    [InlineData("25 degC", "K", 298.15)]
    [InlineData("1 mA/cm^2", "A/m^2", 10)]
    [InlineData("1 mAh/cm^2", "C/m^2", 36000)]
    [InlineData("0.026 mAh/cm^2", "C/m^2", 936)]
    [InlineData("69.6 mmol/cm^3", "mol/m^3", 69600)]
    [InlineData("1.30e-5 m^3/mol", "m^3/mol", 1.30e-5)]
    [InlineData("13 cm^3/mol", "m^3/mol", 1.30e-5)]
    [InlineData("1e18 Pa/m", "Pa/m", 1e18)]
    [InlineData("35 mV", "V", 0.035)]
    [InlineData("1 J/m^2", "Pa m", 1)]
    [InlineData("2 min", "s", 120)]
    [InlineData("1.5 h", "s", 5400)]
    [InlineData("5 um", "m", 5e-6)]
    [InlineData("5 µm", "m", 5e-6)]
    [InlineData("5 μm", "m", 5e-6)]
    [InlineData("-39.8155 kJ/mol", "J/mol", -39815.5)]
    [InlineData("3 mA·cm⁻²", "A/m^2", 30)]
    [InlineData("3 mA cm^-2", "A/m^2", 30)]
    [InlineData("3 mA*cm-2", "A/m^2", 30)]
    [InlineData("2 cm2/s", "m^2/s", 2e-4)]
    [InlineData("1 eV", "J", 1.602176634e-19)]
    [InlineData("3 Å", "m", 3e-10)]
    [InlineData("3 \u212b", "m", 3e-10)]
    [InlineData("60 1/min", "1/s", 1)]
    [InlineData("4 N/(mm^2)", "Pa", 4e6)]
    [InlineData("0", "Pa", 0)]
    [InlineData("0.30", "1", 0.3)]
    [InlineData(".5", "1", 0.5)]
    [InlineData("1E5 Pa", "Pa", 1e5)]
    public void A_quantity_is_read_as_the_nearest_double_of_its_SI_value(string text, string unit, double expected) =>
        Assert.Equal(expected, Units.Parse(text, unit));

    [Theory]
    [InlineData("100 GPa", "m", "100 GPa is no length; write for example 100 m")]
    [InlineData("140", "m", "140 has no unit; write for example 140 m")]
    [InlineData("0.3 GPa", "1", "0.3 GPa is no pure number; write 0.3")]
    [InlineData("3 GPaa", "Pa", "'GPaa' is not a known unit; write for example 3 Pa")]
    [InlineData("3 K/s", "V/s", "3 K/s is not in units of V/s; write for example 3 V/s")]
    [InlineData("3 m^", "m", "'m^' has an exponent that is no whole number up to 9; write for example 3 m")]
    [InlineData("3 m^99999999999", "m",
        "'m^99999999999' has an exponent that is no whole number up to 9; write for example 3 m")]
    [InlineData("3 (m", "m", "'(m' lacks a ')'; write for example 3 m")]
    [InlineData("3 m)", "m", "'m)' is not a unit; write for example 3 m")]
    [InlineData("3 J/°C", "J/K", "°C stands alone only; in a compound unit write K; write for example 3 J/K")]
    [InlineData("25 C", "K", "25 C is no temperature; write for example 298.15 K or 25 °C")]
    [InlineData("25 degC", "m", "25 degC is no length; write for example 25 m")]
    [InlineData("many nm", "m", "'many nm' is not a number")]
    [InlineData("NaN", "1", "'NaN' is not a number")]
    [InlineData(".inf", "1", "'.inf' is not a number")]
    [InlineData("1e999", "1", "1e999 is too large")]
    [InlineData("1e99999999999 m", "m", "1e99999999999 is too large")]
    [InlineData("1,5 nm", "m", "'1,5 nm' has a comma; decimals take a point: 1.5 nm")]
    public void What_is_no_such_quantity_is_refused_with_the_reason(string text, string unit, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => Units.Parse(text, unit)).Message);

    [Fact]
    public void A_message_shows_the_usual_unit() =>
        Assert.Equal("100 GPa is no length; write for example 100 nm",
            Assert.Throws<FormatException>(() => Units.Parse("100 GPa", "m", "nm")).Message);

    [Theory]
    [InlineData(1.4e-7, "nm", "140 nm")]
    [InlineData(0.43e9, "GPa", "0.43 GPa")]
    [InlineData(1e18, "Pa/m", "1e18 Pa/m")]
    [InlineData(1e-15, "cm^2/s", "1e-11 cm^2/s")]
    [InlineData(1.3e-5, "m^3/mol", "1.3e-5 m^3/mol")]
    [InlineData(298.15, "K", "298.15 K")]
    [InlineData(298.15, "°C", "25 °C")]
    [InlineData(936, "mAh/cm^2", "0.026 mAh/cm^2")]
    [InlineData(0.0123, "1", "0.0123")]
    [InlineData(-0.0123, "1", "-0.0123")]
    [InlineData(0, "GPa", "0 GPa")]
    [InlineData(71508, "mol/m^3", "71508 mol/m^3")]
    public void A_value_is_written_as_people_would(double value, string unit, string expected) =>
        Assert.Equal(expected, Units.Format(value, unit));

    [Theory]
    [InlineData("nm")]
    [InlineData("GPa")]
    [InlineData("mAh/cm^2")]
    [InlineData("cm^2/s")]
    [InlineData("h")]
    [InlineData("1/h")]
    [InlineData("eV")]
    [InlineData("1")]
    public void Every_finite_double_survives_being_written_in_a_unit_and_read_again(string unit) =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value =>
            Units.Parse(Units.Format(value.Get, unit), unit) == value.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_temperature_survives_being_written_in_degrees_Celsius() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), seed =>
        {
            double kelvin = 1 + Math.Abs(seed.Get) % 1000;
            return Units.Parse(Units.Format(kelvin, "°C"), "K") == kelvin;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_bit_pattern_of_a_double_survives_too() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), bits =>
        {
            double value = BitConverter.Int64BitsToDouble(bits * 0x9E3779B97F4A7C1);
            return !double.IsFinite(value) || Units.Parse(Units.Format(value, "mmol/cm^3"), "mmol/cm^3") == value;
        }).QuickCheckThrowOnFailure();
}
