using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

/// <summary>Every kind of mistake in a case file ends in one line that says where, what and what instead.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("strength", "strenght", "a.yaml:5: unknown key 'strenght' in interfaces.se; did you mean 'strength'?")]
    [InlineData("protocol:", "protocoll:", "a.yaml:6: unknown key 'protocoll'; did you mean 'protocol'?")]
    [InlineData("law: friction", "colour: red",
        "a.yaml:5: unknown key 'colour' in interfaces.se; known are law, stiffness, shear_strength, adhesion_energy, "
        + "friction_coefficient, thickness, youngs_modulus, poisson_ratio, far_side, pressure, normal")]
    [InlineData("140 nm", "140 GPa", "a.yaml:1: domain.height: 140 GPa is no length; write for example 140 nm")]
    [InlineData("140 nm", "140", "a.yaml:1: domain.height: 140 has no unit; write for example 140 nm")]
    [InlineData("140 nm", "-140 nm", "a.yaml:1: domain.height: must be above 0, read '-140 nm'")]
    [InlineData("140 nm", "0", "a.yaml:1: domain.height: must be above 0, read '0'")]
    [InlineData("140 nm", "[140 nm]", "a.yaml:1: domain.height: expected one value such as 1 nm, read a list")]
    [InlineData("140 nm", "{ z: 140 nm }", "a.yaml:1: domain.height: expected one value such as 1 nm, read a section")]
    [InlineData("140 nm", "", "a.yaml:1: domain.height: has no value; write for example 1 nm")]
    [InlineData("140 nm", "tall", "a.yaml:1: domain.height: 'tall' is not a number")]
    [InlineData("140 nm", ".nan", "a.yaml:1: domain.height: '.nan' is not a number")]
    [InlineData("{ x: 0 }", "{ x: 1 mol }", "a.yaml:3: initial.x: 1 mol is no pure number; write 1")]
    [InlineData("{ x: 0 }", "{ x: -0.1 }", "a.yaml:3: initial.x: must be at least 0, read '-0.1'")]
    [InlineData("{ x: 0 }", "0",
        "a.yaml:3: initial: expected a section with entries such as { x: ... }, read '0'; known are x, state")]
    [InlineData("[10, 14]", "14", "a.yaml:1: domain.cells: expected a list such as [ 1 ], read '14'")]
    [InlineData("[10, 14]", "[10, 14.5]", "a.yaml:1: domain.cells.1: 14.5 is not a whole number up to 2147483647")]
    [InlineData("[10, 14]", "[10, 1e12]", "a.yaml:1: domain.cells.1: 1e12 is not a whole number up to 2147483647")]
    [InlineData("[10, 14]", "[10, ~]", "a.yaml:1: domain.cells.1: has no value; write for example 1")]
    [InlineData("axisymmetric", "axisymetric",
        "a.yaml:1: domain.kind: 'axisymetric' is not one of slab, axisymmetric, plane-strain, 3d; did you mean "
        + "'axisymmetric'?")]
    [InlineData("friction", "glue",
        "a.yaml:5: interfaces.se.law: 'glue' is not one of bonded, spring, friction, frictionless, layer")]
    [InlineData("height: 140 nm", "radius: 140 nm", "a.yaml:1: 'radius' is given twice, first at a.yaml:1")]
    [InlineData("initial: { x: 0 }", "initial: { x: *here }",
        "a.yaml:3: anchors and aliases (&name, *name) are not supported")]
    [InlineData("initial: { x: 0 }", "[a]: 1", "a.yaml:3: a key is a word, here it is a list or a section")]
    [InlineData("  se: {", "\tse: {", "a.yaml:5: a tab in the indentation; YAML is indented by spaces")]
    public void A_wrong_entry_is_refused_with_its_line(string good, string bad, string expected) =>
        Assert.Equal(expected, CaseText.Refused(CaseText.Plate.Replace(good, bad)));

    [Theory]
    [InlineData("{}", "a.yaml:2: microstructure: expected one of grain_size, grains")]
    [InlineData("{ grains: 5, grain_size: 1 nm }",
        "a.yaml:2: microstructure.grains: only one of grain_size, grains can be given, grain_size is given too")]
    [InlineData("{ kind: file }", "a.yaml:2: microstructure: 'file' is missing")]
    [InlineData("{ kind: columnar, grains: 5, dataset: a }",
        "a.yaml:2: microstructure.dataset: a file goes with kind: file, here the kind is columnar")]
    [InlineData("{ kind: hexagonal, grains: 5, size_spread: 0.1 }",
        "a.yaml:2: microstructure.size_spread: goes with the kinds columnar and equiaxed")]
    [InlineData("{ grains: 0 }", "a.yaml:2: microstructure.grains: must be 1 to 1e6, read '0'")]
    [InlineData("{ grains: 5, texture: { spread: 3 } }",
        "a.yaml:2: microstructure.texture.spread: 3 has no unit; write for example 3 deg")]
    [InlineData("{ grains: 5, orientations: [ { euler: [1 deg, 2 deg] } ] }",
        "a.yaml:2: microstructure.orientations.0.euler: expected 3 angles (phi1, Phi, phi2), read 2")]
    [InlineData("{ grains: 5, orientations: [ { euler: [0, 999 deg, 0] } ] }",
        "a.yaml:2: microstructure.orientations.0.euler.1: must be -360 deg to 360 deg, read '999 deg'")]
    [InlineData("{ grains: 5, orientations: [ { euler: [0, 0, -1e9 deg] } ] }",
        "a.yaml:2: microstructure.orientations.0.euler.2: must be -360 deg to 360 deg, read '-1e9 deg'")]
    [InlineData("{ grains: 5, orientations: [ { quaternion: [0, 0, 0, 0] } ] }",
        "a.yaml:2: microstructure.orientations.0.quaternion: is zero, which is no rotation")]
    [InlineData("{ grains: 5, orientations: [ {} ] }",
        "a.yaml:2: microstructure.orientations.0: expected one of euler, quaternion")]
    [InlineData("{ grains: 5, youngs_modulus: [ { mg: 40 GPa } ] }",
        "a.yaml:2: microstructure.youngs_modulus.0: li is missing; a rule of mixtures needs both, { mg: .., li: .. }")]
    public void Wrong_grains_are_refused_with_their_line(string text, string expected) =>
        Assert.Equal(expected,
            CaseText.Refused("domain: { kind: plane-strain, size: [1 um, 140 nm], cells: [10, 10] }\nmicrostructure: "
            + text));

    [Theory]
    [InlineData("{ c11: 60 GPa }", "a.yaml:2: material.stiffness: 'c12' is missing")]
    [InlineData("{ c11: 60 GPa, c12: 26 GPa, c44: 16 GPa, c33: 60 GPa }",
        "a.yaml:2: material.stiffness: a hexagonal tensor has c13 and c33, a cubic one neither")]
    [InlineData("{ c11: 20 GPa, c12: 26 GPa, c44: 16 GPa }",
        "a.yaml:2: material.stiffness: is not positive definite: some strain would release energy")]
    [InlineData("{ tensor: [1 GPa, 2 GPa] }", "a.yaml:2: material.stiffness.tensor: expected 36 constants, read 2")]
    [InlineData("{ tensor: [1 GPa], c11: 1 GPa }",
        "a.yaml:2: material.stiffness.c11: is part of tensor; give one of them")]
    public void A_wrong_stiffness_tensor_is_refused_with_its_line(string text, string expected) =>
        Assert.Equal(expected,
            CaseText.Refused("domain: { kind: 3d, size: [1 um, 1 um, 140 nm], cells: [10, 10, 10] }\nmaterial: { "
            + "stiffness: " + text + " }"));

    [Theory]
    [InlineData("{ potential: 50 mV }", "", "a.yaml:2: protocol.0.hold: has no end; give time, capacity or current")]
    [InlineData("{ potential: 0 V, time: 1 s }", "law: potential",
        "a.yaml:2: protocol.0.hold.potential: lithium metal would plate without limit at or below 0 V; kinetics: { "
        + "law: butler-volmer } limits it")]
    [InlineData("{ potential: -50 mV, current: 1 mA/cm^2 }", "",
        "a.yaml:2: protocol.0.hold.current: may never be reached: below 0 V lithium metal plates at a current that "
        + "does not fall; give time or capacity too")]
    public void A_potential_that_cannot_be_held_is_refused(string hold, string kinetics, string expected) =>
        Assert.Equal(
        expected, CaseText.Refused(
            $"{CaseText.Slab}\nprotocol: [ {{ hold: {hold} }} ]\ninitial: {{ x: 0.1 }}\non_saturation: "
            + $"plate\nkinetics: {{ {(kinetics == "" ? "law: butler-volmer" : kinetics)} }}"));

    [Theory]
    [InlineData("1e9 K")]
    [InlineData("25 K")] // meant as degrees Celsius
    [InlineData("900 °C")]
    public void A_temperature_at_which_there_is_no_such_film_is_refused(string text) =>
        Assert.Equal($"a.yaml:2: temperature: must be 100 K to 923 K, read '{text}'",
            CaseText.Refused($"{CaseText.Slab}\ntemperature: {text}"));

    [Fact]
    public void Full_turns_are_angles_too() =>
        Assert.Equal([2 * Math.PI, 0, -2 * Math.PI],
            CaseText.Parse($"{CaseText.Slab}\nregions: [ {{ to: [1 um], orientation: {{ euler: [360 deg, 0, -360 deg] "
            + $"}} }} ]").Case.Regions[0].Orientation!.Euler);

    [Fact]
    public void Columns_in_a_slab_are_refused() =>
        Assert.Equal("a.yaml:2: microstructure.kind: a domain of kind slab can have layers or grains from a file; "
            + "columnar grains need plane-strain or 3d",
            CaseText.Refused(CaseText.Slab + "\nmicrostructure: { kind: columnar, grains: 5 }"));

    [Theory]
    [InlineData("height: 140 nm, ", "", "a.yaml:1: domain: 'height' is missing")]
    [InlineData("radius: 100 nm", "size: [1 nm, 1 nm], radius: 100 nm",
        "a.yaml:1: domain.size: kind axisymmetric has none; it takes radius and height")]
    [InlineData("[10, 14]", "[14]", "a.yaml:1: domain.cells: expected 2 numbers of cells (r, z), read 1")]
    [InlineData("[10, 14]", "[100000, 100000]",
        "a.yaml:1: domain.cells: 1e10 cells are more than can be numbered, 2147483647")]
    [InlineData("[10, 14]", "[10, 14], lateral: { x_min: free }",
        "a.yaml:1: domain.lateral.x_min: this is the axis of an axisymmetric domain, it takes no condition")]
    [InlineData("[10, 14]", "[10, 14], lateral: { y_min: free }",
        "a.yaml:1: domain.lateral.y_min: kind axisymmetric has no such face")]
    [InlineData("[10, 14]", "[10, 14], lateral: periodic",
        "a.yaml:1: domain.lateral: the rim of an axisymmetric domain cannot be periodic")]
    [InlineData("40 GPa", "{ mg: 45 GPa }",
        "a.yaml:2: material.youngs_modulus: li is missing; a rule of mixtures needs both, { mg: .., li: .. }")]
    [InlineData("1e-11 cm^2/s", "0",
        "a.yaml:2: material.diffusivity: is 0, so the current of protocol.0.plate has nowhere to go; with "
        + "on_saturation: plate it becomes lithium metal")]
    [InlineData("40 GPa", "40 GPa, ocv: { kind: table }", "a.yaml:2: material.ocv: 'file' is missing")]
    [InlineData("40 GPa", "40 GPa, ocv: { coefficients: [] }",
        "a.yaml:2: material.ocv.coefficients: expected at least one coefficient")]
    [InlineData("{ x: 0 }", "{ x: {} }", "a.yaml:3: initial.x: expected a number, or one of linear, table, file")]
    [InlineData("{ x: 0 }", "{ x: { value: 0, linear: { from: 0, to: 1 } } }",
        "a.yaml:3: initial.x.linear: only one of value, linear, table, file can be given, value is given too")]
    [InlineData("{ x: 0 }", "{ x: { linear: { from: 0 } } }", "a.yaml:3: initial.x.linear: 'to' is missing")]
    [InlineData("{ x: 0 }", "{ x: { linear: { axis: y, from: 0, to: 1 } } }",
        "a.yaml:3: initial.x.linear.axis: kind axisymmetric has no y; it has r, z")]
    [InlineData("{ x: 0 }", "{ x: { table: { at: [0], values: [0] } } }",
        "a.yaml:3: initial.x.table.at: expected at least 2 positions, read 1")]
    [InlineData("{ x: 0 }", "{ x: { table: { at: [0, 1 nm], values: [0] } } }",
        "a.yaml:3: initial.x.table.values: expected as many values as positions, 2, read 1")]
    [InlineData("{ x: 0 }", "{ x: { table: { at: [2 nm, 1 nm], values: [0, 1] } } }",
        "a.yaml:3: initial.x.table.at.1: positions must increase, 1 nm does not")]
    [InlineData("1e18 Pa/m", "0",
        "a.yaml:5: interfaces.se.stiffness: a stiffness of 0 holds nothing; write law: frictionless")]
    [InlineData("0.43 GPa", "0",
        "a.yaml:5: interfaces.se.strength: friction of strength 0 holds nothing; write law: frictionless")]
    [InlineData("interfaces:", "interfaces:\n  collector: { pressure: 1 MPa }",
        "a.yaml:5: interfaces.collector.pressure: the collector holds the film (u_z = 0); pressure belongs to se")]
    [InlineData("interfaces:", "interfaces:\n  collector: { normal: punch }",
        "a.yaml:5: interfaces.collector.normal: the collector holds the film (u_z = 0); a punch belongs to se")]
    [InlineData(", time: 10 s", "", "a.yaml:6: protocol.0.plate: has no end; give time, capacity, potential or until")]
    [InlineData("time: 10 s", "until: empty",
        "a.yaml:6: protocol.0.plate.until: this step never gets there; it can end at saturation")]
    [InlineData("current: 1 mA/cm^2, ", "", "a.yaml:6: protocol.0.plate: 'current' is missing")]
    [InlineData("1 mA/cm^2, time: 10 s", "0, capacity: 1 mAh/cm^2",
        "a.yaml:6: protocol.0.plate.current: without current only time ends the step")]
    [InlineData("1 mA/cm^2, time: 10 s", "0, time: 1 s, capacity: 1 mAh/cm^2",
        "a.yaml:6: protocol.0.plate.capacity: is never reached, since the current is 0")]
    [InlineData("1 mA/cm^2, time: 10 s", "0, time: 1 s, potential: 0.1 V",
        "a.yaml:6: protocol.0.plate.potential: is never reached, since the current is 0")]
    [InlineData("plate: { current: 1 mA/cm^2, time: 10 s } } ]",
        "plate: { current: 1 mA/cm^2, potential: -0.1 V } } ]\non_saturation: plate",
        "a.yaml:6: protocol.0.plate.potential: is never reached: lithium metal plates at 0 V")]
    [InlineData("plate: { current: 1 mA/cm^2, time: 10 s }", "hold: { potential: 50 mV, time: 1 s }",
        "a.yaml:6: protocol.0.hold.potential: a uniform current has no electrode potential to hold; choose kinetics: "
        + "{ law: butler-volmer } or { law: potential }")]
    [InlineData("interfaces:", "kinetics: { law: butler-volmer }\ninterfaces:",
        "a.yaml:3: initial.x: is 0 at the start, where the potential is infinite; kinetics of law: butler-volmer ask "
        + "for x > 0")]
    [InlineData("interfaces:", "kinetics: { transfer_coefficient: 1 }\ninterfaces:",
        "a.yaml:4: kinetics.transfer_coefficient: must be above 0, at most 0.99, read '1'")]
    [InlineData("interfaces:", "on_saturation: plat\ninterfaces:",
        "a.yaml:4: on_saturation: 'plat' is not one of stop, plate; did you mean 'plate'?")]
    [InlineData("plate: { current: 1 mA/cm^2, time: 10 s }", "rest: {}",
        "a.yaml:6: protocol.0.rest: 'time' is missing")]
    [InlineData("{ plate: { current: 1 mA/cm^2, time: 10 s } }", "{}",
        "a.yaml:6: protocol.0: expected one of plate, strip, rest, hold, repeat")]
    [InlineData("time: 10 s }", "time: 10 s }, rest: { time: 1 s }",
        "a.yaml:6: protocol.0.rest: only one of plate, strip, rest, hold, repeat can be given, plate is given too")]
    [InlineData("interfaces:", "solver: { time_step: 1 s, max_time_step: 1 s }\ninterfaces:",
        "a.yaml:4: solver.max_time_step: has no meaning with a fixed time_step")]
    [InlineData("interfaces:", "regions: [ { to: [1 nm] } ]\ninterfaces:",
        "a.yaml:4: regions.0.to: expected 2 coordinates (r, z), read 1")]
    [InlineData("interfaces:", "regions: [ { from: [0, 9 nm], to: [5 nm, 9 nm] } ]\ninterfaces:",
        "a.yaml:4: regions.0: along z it goes from 9 nm to 9 nm, it has no extent")]
    [InlineData("interfaces:", "regions: [ { from: [0, 1 um], to: [1 um, 2 um] } ]\ninterfaces:",
        "a.yaml:4: regions.0: along z it lies outside the domain, 0 to 140 nm")]
    [InlineData("law: friction", "law: layer, thickness: 33 nm, youngs_modulus: 22 GPa, poisson_ratio: 0.37",
        "a.yaml:5: interfaces.se.thickness: 33 nm is no whole number of cells along z (10 nm each); the nearest is 30 "
        + "nm")]
    [InlineData("law: friction", "law: layer, thickness: 30 nm, poisson_ratio: 0.37",
        "a.yaml:5: interfaces.se: 'youngs_modulus' is missing")]
    [InlineData("law: friction",
        "law: layer, thickness: 30 nm, youngs_modulus: 22 GPa, poisson_ratio: 0.37, far_side: layer",
        "a.yaml:5: interfaces.se.far_side: a layer's far side is bonded, spring, friction or frictionless")]
    [InlineData("interfaces:", "published: [ { quantity: x_se } ]\ninterfaces:",
        "a.yaml:4: published.0: 'value' is missing")]
    [InlineData("interfaces:", "published: [ { value: 1 } ]\ninterfaces:",
        "a.yaml:4: published.0: expected one of quantity, field")]
    [InlineData("interfaces:", "published: [ { field: x, value: 1 } ]\ninterfaces:",
        "a.yaml:4: published.0: 'at' is missing")]
    [InlineData("interfaces:", "published: [ { quantity: x_se, at: [0, 0], value: 1 } ]\ninterfaces:",
        "a.yaml:4: published.0.at: a quantity of the history has no point; a field has")]
    [InlineData("interfaces:", "published: [ { field: x, at: [0, 1 um], value: 1 } ]\ninterfaces:",
        "a.yaml:4: published.0.at: z = 1000 nm is outside the domain, 0 to 140 nm")]
    [InlineData("interfaces:", "published: [ { field: x, at: [0], value: 1 } ]\ninterfaces:",
        "a.yaml:4: published.0.at: expected 2 coordinates (r, z), read 1")]
    public void Entries_that_do_not_go_together_are_refused_with_the_line_of_one(string good, string bad,
        string expected) =>
        Assert.Equal(expected, CaseText.Refused(CaseText.Plate.Replace(good, bad)));

    [Theory]
    [InlineData("kind: slab, height: 1 um, cells: [4], lateral: free",
        "a.yaml:1: domain.lateral: a slab is clamped in plane")]
    [InlineData("kind: slab, height: 1 um, cells: [4], lateral: { x_max: clamped }",
        "a.yaml:1: domain.lateral.x_max: kind slab has no such face")]
    [InlineData("kind: plane-strain, size: [1 um], cells: [4, 4]",
        "a.yaml:1: domain.size: expected 2 lengths (x, z), read 1")]
    [InlineData("kind: plane-strain, size: [1 um, 1 um], cells: [4, 4], lateral: { x_min: periodic }",
        "a.yaml:1: domain.lateral: x_min and x_max are both periodic or none is")]
    [InlineData("kind: 3d, size: [1 um, 1 um, 1 um], cells: [4, 4, 4], lateral: { y_max: periodic }",
        "a.yaml:1: domain.lateral: y_min and y_max are both periodic or none is")]
    [InlineData("kind: 3d, height: 1 um, size: [1 um, 1 um, 1 um], cells: [4, 4, 4]",
        "a.yaml:1: domain.height: kind 3d has none; it takes size")]
    public void A_domain_that_makes_no_sense_is_refused(string domain, string expected) =>
        Assert.Equal(expected, CaseText.Refused($"domain: {{ {domain} }}"));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a remark\n")]
    public void An_empty_file_is_refused(string text) =>
        Assert.Equal("a.yaml: the file is empty", CaseText.Refused(text));

    [Fact]
    public void A_file_without_entries_is_refused() =>
        Assert.Equal("a.yaml:1: a case begins with entries such as 'title: ...'", CaseText.Refused("- domain"));

    [Fact]
    public void A_case_without_a_domain_is_refused() =>
        Assert.Equal("a.yaml: domain: 'height' is missing", CaseText.Refused("title: nothing"));

    [Fact]
    public void A_second_document_is_refused() =>
        Assert.Equal("a.yaml:2: a case file has one document, here a second one begins",
            CaseText.Refused(CaseText.Slab + "\n---\ntitle: b"));

    [Fact]
    public void A_syntax_error_is_refused_with_its_line() =>
        Assert.StartsWith("a.yaml:2: not valid YAML: ", CaseText.Refused("title: a\ndomain: { kind: slab ]"));

    [Fact]
    public void A_character_beyond_unicode_is_a_syntax_error() =>
        Assert.StartsWith("a.yaml:2: not valid YAML", CaseText.Refused(CaseText.Slab + "\ntitle: \"\\UFFFFFFFF\""));

    [Fact]
    public void Absurd_nesting_is_refused() =>
        Assert.Equal("a.yaml:1: nested too deeply", CaseText.Refused("title: " + new string('[', 5000)));

    [Fact]
    public void A_missing_case_file_is_named() =>
        Assert.Equal("no/such/case.yaml: there is no such file",
            Assert.Throws<InputException>(() => CaseReader.Read("no/such/case.yaml", [])).Message);

    [Fact]
    public void A_misspelt_case_file_is_answered_by_its_neighbour()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("fig4-plate.yaml", CaseText.Plate);
        string wrong = Path.Combine(folder.Path, "fig4-palte.yaml");
        Assert.Equal($"{wrong}: there is no such file; did you mean '{file}'?",
            Assert.Throws<InputException>(() => CaseReader.Read(wrong, [])).Message);
    }

    [Fact]
    public void A_folder_is_no_case_file()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"{folder.Path}: is a folder, expected a case file",
            Assert.Throws<InputException>(() => CaseReader.Read(folder.Path, [])).Message);
    }

    [Fact]
    public void A_missing_file_named_by_the_case_is_refused_with_the_line_that_names_it() =>
        Assert.StartsWith("a.yaml:2: initial.x.file: there is no file 'no.h5' in the case file's folder (",
            CaseText.Refused(CaseText.Slab + "\ninitial: { x: { file: no.h5 } }"));

    [Theory]
    [InlineData("0.1 0.3\n0.1 0.2", ":2: x must increase from line to line, 0.1 does not")]
    [InlineData("0.1 0.3\n0.2 0.3", ":2: U must fall as x grows, 0.3 V does not")]
    [InlineData("0.1 0.3\n0.2 NaN", ":2: expected two numbers, x and U in volts, read '0.2 NaN'")]
    [InlineData("0.1 0.3\n0.2 0.1 7", ":2: expected two numbers, x and U in volts, read '0.2 0.1 7'")]
    [InlineData("x U\ny V\n", ":2: expected two numbers, x and U in volts, read 'y V'")]
    [InlineData("-0.1 0.3", ":1: x is -0.1, it cannot be negative")]
    [InlineData("# empty\nx;U\n0.1;0.3", ": expected at least two lines of x and U in volts, read 1")]
    public void A_wrong_table_of_potentials_is_refused_with_its_line(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        string table = folder.Write("ocv.csv", text);
        string file = folder.Write("a.yaml", CaseText.Slab + "\nmaterial: { ocv: { kind: table, file: ocv.csv } }");
        Assert.Equal(table + expected, Assert.Throws<InputException>(() => CaseReader.Read(file, [])).Message);
    }
}
