using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

public class OverrideTests
{
    private static Case Plate(params string[] overrides) => CaseText.Parse(CaseText.Plate, overrides).Case;

    [Fact]
    public void A_value_is_overridden_and_its_neighbours_stay()
    {
        InterfaceCase se = Plate("interfaces.se.strength=0.5GPa").Interfaces.Se;
        Assert.Equal(new InterfaceCase { Law = Friction.Kind, Stiffness = 1e18, ShearStrength = 0.5e9 }, se);
    }

    [Fact]
    public void A_missing_section_is_created() => Assert.Equal(1e-6, Plate("solver.tolerance=1e-6").Solver.Tolerance);

    [Fact]
    public void A_list_item_is_reached_by_its_index() =>
        Assert.Equal(30, Plate("protocol.0.plate.time=30s").Protocol[0].Plate!.Time);

    [Fact]
    public void The_index_behind_the_last_item_adds_one() =>
        Assert.Equal(2, Plate("protocol.1.rest.time=1 min").Protocol.Count);

    [Fact]
    public void A_missing_list_is_created() => Assert.Equal(1, Plate("regions.0.grain=1").Regions[0].Grain);

    [Fact]
    public void A_whole_section_is_replaced() =>
        Assert.Equal(new InterfaceCase { Law = Bonded.Kind }, Plate("interfaces.se={ law: bonded }").Interfaces.Se);

    [Fact]
    public void A_whole_list_is_replaced() => Assert.Equal([20, 28], Plate("domain.cells=[20,28]").Domain.Cells);

    [Fact]
    public void The_last_override_wins() =>
        Assert.Equal(5, Plate("protocol.0.plate.time=30s", "protocol.0.plate.time=5s").Protocol[0].Plate!.Time);

    [Fact]
    public void Null_takes_an_entry_away() =>
        Assert.Equal(new CurrentStep { Current = 10, Until = SurfaceEvent.Saturation },
            Plate("protocol.0.plate.time=~", "protocol.0.plate.until=saturation").Protocol[0].Plate);

    [Fact]
    public void A_section_written_as_one_value_is_opened() =>
        Assert.Equal(new LateralCase { All = LateralKind.Free, XMax = LateralKind.Clamped },
            Plate("domain.lateral=free", "domain.lateral.x_max=clamped").Domain.Lateral);

    [Theory]
    [InlineData("interfaces.se.strenght=0.5GPa",
        "--set interfaces.se.strenght=0.5GPa: unknown key 'strenght' in interfaces.se; did you mean 'strength'?")]
    [InlineData("domain.height=-140 nm", "--set domain.height=-140 nm: domain.height: must be above 0, read '-140 nm'")]
    [InlineData("domain.height",
        "--set domain.height: write an entry and its value, for example --set domain.height=140nm")]
    [InlineData("=1", "--set =1: write an entry and its value, for example --set domain.height=140nm")]
    [InlineData("domain.height=", "--set domain.height=: domain.height: has no value; write for example 1 nm")]
    [InlineData("domain.height.z=1 nm",
        "--set domain.height.z=1 nm: domain.height is a single value and has no entry 'z'")]
    [InlineData("protocol.2.rest.time=1 s",
        "--set protocol.2.rest.time=1 s: protocol is a list of 1; its items are counted from 0, the next new one is 1")]
    [InlineData("protocol.first.time=1 s",
        "--set protocol.first.time=1 s: protocol is a list of 1; its items are counted from 0, the next new one is 1")]
    [InlineData("material.youngs_modulus.mg=45 GPa",
        "a.yaml:2: material.youngs_modulus: give one of value, polynomial, mg and li, table, x and values; here are "
        + "value and also mg and li")]
    public void A_wrong_override_is_named_in_the_message(string assignment, string expected) =>
        Assert.Equal(expected, CaseText.Refused(CaseText.Plate, assignment));

    [Fact]
    public void An_override_that_is_no_yaml_is_named_in_the_message() =>
        Assert.StartsWith("--set domain.cells=[1,: not valid YAML: ",
            CaseText.Refused(CaseText.Plate, "domain.cells=[1,"));
}
