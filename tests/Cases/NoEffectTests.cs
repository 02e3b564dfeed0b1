using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

/// <summary>
/// Entries that do nothing are said, in one line with file and line; defaults are not, nor a case that the program
/// wrote.
/// </summary>
public class NoEffectTests
{
    private const string Same = ": has no effect where stiffness and diffusivity are the same in all directions";

    /// <summary>c11 - c12 = 2 c44.</summary>
    private const string Isotropic = "{ c11: 60 GPa, c12: 20 GPa, c44: 20 GPa }";

    private const string Tensor =
        "stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";

    [Theory]
    [InlineData("interfaces: { se: { law: bonded, strength: 0.5 GPa } }",
        "interfaces.se.strength: has no effect with law bonded")]
    [InlineData("interfaces: { collector: { law: slide, stiffness: 1e17 Pa/m } }",
        "interfaces.collector.stiffness: has no effect with law frictionless")]
    [InlineData("interfaces: { se: { law: spring, friction_coefficient: 0.2 } }",
        "interfaces.se.friction_coefficient: has no effect with law spring")]
    [InlineData("interfaces: { se: { law: friction, thickness: 5 nm } }",
        "interfaces.se.thickness: has no effect with law friction")]
    [InlineData("interfaces: { se: { law: layer, thickness: 125 nm, youngs_modulus: 40 GPa, poisson_ratio: 0.3, "
        + "adhesion_energy: 1 J/m^2 } }",
        "interfaces.se.adhesion_energy: has no effect with law layer and far_side frictionless")]
    [InlineData("material: { thermodynamics: ocv }", "material.thermodynamics: has no effect with coupling one-way")]
    [InlineData("material: { thermodynamic_factor: 2 }",
        "material.thermodynamic_factor: has no effect with coupling one-way")]
    [InlineData("regions: [ { to: [1 um], thermodynamic_factor: 2 } ]",
        "regions.0.thermodynamic_factor: has no effect with coupling one-way")]
    [InlineData("material: { metal_molar_volume: 1e-5 m^3/mol }",
        "material.metal_molar_volume: has no effect with on_saturation stop")]
    [InlineData("material: { poisson_ratio: 0.2, " + Tensor + " }",
        "material.poisson_ratio: has no effect beside stiffness")]
    [InlineData("material: { poisson_ratio: 0.2, " + Tensor + " }\nregions: [ { to: [1 um], poisson_ratio: 0.25 } ]",
        "material.poisson_ratio: has no effect beside stiffness")]
    [InlineData("material: { youngs_modulus: 50 GPa, " + Tensor + " }\nmicrostructure: { kind: layers, grains: 2 }",
        "material.youngs_modulus: has no effect beside stiffness")]
    [InlineData("material: { ocv: { kind: regular-solution, coefficients: [1 J/mol, 2 J/mol] } }",
        "material.ocv.coefficients: has no effect with kind regular-solution")]
    [InlineData("material: { ocv: { interaction: -6000 J/mol } }",
        "material.ocv.interaction: has no effect with kind redlich-kister")]
    [InlineData("kinetics: { exchange_current_density: 2 A/m^2 }",
        "kinetics.exchange_current_density: has no effect with law uniform")]
    [InlineData("initial: { x: 0.1 }\nkinetics: { law: potential, transfer_coefficient: 0.3 }",
        "kinetics.transfer_coefficient: has no effect with law potential")]
    [InlineData(
        "microstructure: { kind: layers, grains: 2, texture: { kind: random, spread: 3 deg }, diffusivity_ratio: [2] }",
        "microstructure.texture.spread: has no effect with kind random")]
    [InlineData("microstructure: { kind: layers, grains: 2, texture: { kind: random, spread: 3 deg } }",
        "microstructure.texture" + Same)]
    [InlineData("microstructure: { kind: layers, grains: 2, texture: { spread: 3 deg }, diffusivity_ratio: [1] }",
        "microstructure.texture" + Same)]
    [InlineData("microstructure: { kind: layers, grains: 2, orientations: [ { euler: [0, 90 deg, 0] } ], stiffness: [ "
        + Isotropic + " ] }", "microstructure.orientations" + Same)]
    [InlineData(
        "microstructure: { kind: layers, grains: 2, orientations: [ { euler: [0, 90 deg, 0] } ], diffusivity_ratio: "
        + "[2], texture: { spread: 3 deg } }", "microstructure.texture: has no effect beside orientations")]
    [InlineData("regions: [ { to: [1 um], orientation: { euler: [0, 90 deg, 0] } } ]", "regions.0.orientation" + Same)]
    [InlineData("microstructure: { kind: layers, grains: 2, classes: [1, 2] }",
        "microstructure.classes: has no effect without boundaries.pairs")]
    [InlineData("microstructure: { kind: layers, grains: 2, boundaries: { width: 2 nm } }",
        "microstructure.boundaries.width: has no effect without a diffusivity along boundaries")]
    [InlineData("microstructure: { kind: layers, grains: 2, boundaries: { width: 2 nm, permeability: 1 um/s } }",
        "microstructure.boundaries.width: has no effect without a diffusivity along boundaries")]
    [InlineData("initial: { x: { value: 0.1, dataset: /y } }", "initial.x.dataset: has no effect without a file")]
    [InlineData("solver: { time_step: 1 s, time_tolerance: 1e-3 }",
        "solver.time_tolerance: has no effect with a fixed time_step")]
    public void An_entry_without_effect_is_warned_of(string text, string warning)
    {
        var document = CaseText.Parse($"{CaseText.Slab}\n{text}");
        var line = Assert.Single(document.Warnings);
        Assert.Equal($"a.yaml:{(text.StartsWith("initial: { x: 0.1 }\n", StringComparison.Ordinal) ? 3 : 2)}: "
            + $"{warning}", line);
        // As it is written out the same entry stands among all others.
        Assert.Empty(CaseReader.Parse(CaseWriter.Write(document.Case), "case.yaml", []).Warnings);
    }

    [Theory]
    [InlineData("interfaces: { se: { law: friction, strength: 0.5 GPa, stiffness: 1e17 Pa/m, friction_coefficient: "
        + "0.1 } }")]
    [InlineData("interfaces: { se: { law: layer, thickness: 125 nm, youngs_modulus: 40 GPa, poisson_ratio: 0.3, "
        + "far_side: friction, strength: 0.5 GPa } }")]
    [InlineData("interfaces: { se: { law: bonded, strength: 1 GPa, stiffness: 1e18 Pa/m } }")]
    [InlineData("kinetics: { law: uniform, exchange_current_density: 1 A/m^2 }")]
    [InlineData("material: { thermodynamics: ocv }\ncoupling: two-way")]
    [InlineData("material: { ocv: { kind: regular-solution, coefficients: [-39815.5 J/mol, -13880.3 J/mol] } }")]
    [InlineData("material: { poisson_ratio: 0.2, " + Tensor
        + " }\nregions: [ { to: [1 um], youngs_modulus: 30 GPa } ]")]
    [InlineData("material: { youngs_modulus: 50 GPa, " + Tensor
        + " }\nmicrostructure: { kind: layers, grains: 2, poisson_ratio: [0.25] }")]
    [InlineData("microstructure: { kind: layers, grains: 2, boundaries: { width: 2 nm, diffusivity: 1e-9 cm^2/s } }")]
    [InlineData("microstructure: { kind: layers, grains: 2, classes: [1, 2], boundaries: { width: 2 nm, pairs: [ { "
        + "classes: [1, 2], diffusivity: 1e-9 cm^2/s } ] } }")]
    [InlineData("interfaces: { se: { law: friction, adhesion_energy: 1 J/m^2 } }")]
    [InlineData("microstructure: { kind: layers, grains: 2, texture: random, diffusivity_ratio: [1, 2] }")]
    [InlineData("material: { " + Tensor
        + " }\nmicrostructure: { kind: layers, grains: 2, orientations: [ { euler: [0, 90 deg, 0] } ] }")]
    [InlineData("regions: [ { to: [1 um], orientation: { euler: [0, 90 deg, 0] }, diffusivity_ratio: 3 } ]")]
    public void What_has_an_effect_or_is_the_default_is_not(string text)
    {
        var document = CaseText.Parse($"{CaseText.Slab}\n{text}");
        Assert.Empty(document.Warnings);
        Assert.Empty(CaseReader.Parse(CaseWriter.Write(document.Case), "case.yaml", []).Warnings);
    }

    [Theory]
    [InlineData("[ { plate: { current: 1 mA/cm^2, time: 10 s } } ]", "[5 s, 10 s, 11 s, 12 s]",
        "output.at.2: 11 s and 1 more have no effect: the protocol is over by 10 s")]
    [InlineData("[ { repeat: { times: 3, steps: [ { plate: { current: 1 A/m^2, capacity: 2 C/m^2 } }, { rest: { time: "
        + "1 s } } ] } } ]", "[9 s, 9.1 s]", "output.at.1: 9.1 s has no effect: the protocol is over by 9 s")]
    [InlineData("[]", "[0, 1 s]", "output.at.1: 1 s has no effect: the protocol is over by 0 s")]
    [InlineData("[ { plate: { current: 1 mA/cm^2, until: saturation } } ]", "[1 h]", null)]
    [InlineData("[ { strip: { current: 1 mA/cm^2, potential: 0.5 V } }, { rest: { time: 1 s } } ]", "[1 h]", null)]
    public void An_instant_after_the_end_of_the_protocol_is_warned_of_where_that_is_known(string protocol, string at,
        string? warning) =>
        Assert.Equal(warning is null ? [] : [$"a.yaml:3: {warning}"],
            CaseText.Parse($"{CaseText.Slab}\nprotocol: {protocol}\noutput: {{ at: {at} }}").Warnings);

    [Fact]
    public void An_interval_of_output_longer_than_the_protocol_is_warned_of() => Assert.Equal(
        ["a.yaml:3: output.every: 100 s has no effect: the protocol is over by 10 s"],
        CaseText.Parse($"{CaseText.Slab}\nprotocol: [ {{ plate: {{ current: 1 mA/cm^2, time: 10 s }} }} ]\noutput: {{ "
            + $"every: 100 s }}").Warnings);

    [Theory]
    [InlineData("material.youngs_modulus=50GPa")]
    [InlineData("material.youngs_modulus=40GPa")] // the default
    public void What_the_command_line_gives_beside_a_tensor_in_vain_is_said_also_with_grains(string assignment)
    {
        foreach (var grains in new[] { "", "microstructure: { kind: layers, grains: 2 }" })
            Assert.Equal([$"--set {assignment}: material.youngs_modulus: has no effect beside stiffness"],
                CaseText.Parse($"{CaseText.Slab}\nmaterial: {{ {Tensor} }}\n{grains}", assignment).Warnings);
    }

    [Fact]
    public void What_the_command_line_puts_out_of_work_stays_unsaid_and_what_it_adds_in_vain_is_said()
    {
        Assert.Empty(CaseText.Parse(CaseText.Plate, "interfaces.se.law=bonded").Warnings);
        Assert.Empty(CaseText.Parse($"{CaseText.Slab}\nmaterial: {{ thermodynamics: ocv }}\ncoupling: two-way",
            "coupling=one-way").Warnings);
        Assert.Equal("--set interfaces.se.adhesion_energy=1 J/m^2: interfaces.se.adhesion_energy: has no effect with "
            + "law bonded",
            Assert.Single(CaseText.Parse($"{CaseText.Slab}\ninterfaces: {{ se: {{ law: bonded }} }}",
                "interfaces.se.adhesion_energy=1 J/m^2").Warnings));
        var written = CaseWriter.Write(
            CaseText.Parse($"{CaseText.Slab}\ninterfaces: {{ se: {{ law: bonded, strength: 0.5 GPa }} }}").Case);
        Assert.Empty(CaseText.Parse(written, "interfaces.se.pressure=1 MPa").Warnings);
        Assert.Contains("kinetics.transfer_coefficient",
            Assert.Single(CaseText.Parse(written, "kinetics.transfer_coefficient=0.3").Warnings));
    }

    [Fact]
    public void Orientations_of_tensors_that_coupling_none_leaves_aside_are_said_unless_the_command_line_does_so()
    {
        const string text =
            $"{CaseText.Slab}\nmaterial: {{ {Tensor} }}\nmicrostructure: {{ kind: layers, grains: 2, texture: {{ "
            + $"spread: 3 deg }} }}";
        const string why = "with coupling none and a diffusivity that is the same in all directions";
        Assert.Equal([$"a.yaml:3: microstructure.texture: has no effect {why}"],
            CaseText.Parse($"{text}\ncoupling: none").Warnings);
        Assert.Empty(CaseText.Parse(text, "coupling=none").Warnings);
    }
}
