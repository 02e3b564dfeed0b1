using System.Globalization;
using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Program;

/// <summary>From a case file to the files and lines that people see.</summary>
public class EndToEndTests
{
    private const string Header =
        "step [-],time [s],time_step [s],protocol_step [-],cycle [-],charge [C/m^2],current "
            + "[A/m^2],electrode_potential [V],metal_thickness [m],x_mean [-],x_se [-],x_collector [-],segregation "
            + "[-],theta [-],von_mises_max [Pa],von_mises_max_off_corner [Pa],von_mises_mean [Pa]," +
        "von_mises_se [Pa],von_mises_collector [Pa],sigma_h_mean [Pa],sigma_h_se [Pa],sigma_h_collector "
            + "[Pa],potential_se [V],potential_chem_difference [V],potential_mech_difference [V]," +
        "energy_per_mg_difference [V],energy_per_li_difference [V],elastic_energy [J],slip_fraction_se "
            + "[-],stick_area_se [m^2],slip_area_se [m^2],stick_area_collector [m^2],slip_area_collector "
            + "[m^2],lithium_balance_error [-],cg_iterations [-],newton_steps [-],equilibrium_residual "
            + "[-],diffusion_iterations [-],coupling_iterations [-]";

    [Fact]
    public void A_run_leaves_the_folder_that_other_programs_rely_on()
    {
        using var run = new ProgramRun();
        var (exit, output, errors) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o",
            run["out"]);
        Assert.Equal((0, ""), (exit, errors));

        // One row a step, the start included; every number can be read back.
        var lines = File.ReadAllLines(run["out/history.csv"]);
        Assert.Equal(Header, lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.All(rows, row => Assert.Equal(Header.Count(c => c == ',') + 1, row.Length));
        Assert.Equal(Enumerable.Range(0, rows.Length),
            rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));
        Assert.All(rows.SelectMany(row => row), cell =>
            Assert.True(cell == "" || double.IsFinite(double.Parse(cell, CultureInfo.InvariantCulture)), cell));
        Assert.Equal("2", rows[^1][1]);

        // Snapshots at 0, 1 and 2 s, complete.
        var snapshots = RunFolder.Snapshots(run["out"]);
        Assert.Equal([0.0, 1, 2], snapshots.Select(s => SnapshotReader.Read(s).Time));
        Assert.Equal($"step_{rows.Length - 1:D8}.h5", Path.GetFileName(snapshots[^1]));
        Assert.Equal(["case.yaml", "history.csv", "run.json", "series.h5", "snapshots"],
            Directory.EnumerateFileSystemEntries(run["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // The case as run, every default filled in, is the same case.
        var written = CaseReader.Read(run["out/case.yaml"], []);
        Cases.CaseText.AssertSame(CaseReader.Parse(ProgramRun.Plate, "plate.yaml", []).Case, written.Case);
        Assert.Contains("poisson_ratio", File.ReadAllText(run["out/case.yaml"]));
        Assert.Equal(File.ReadAllText(run["out/case.yaml"]), SnapshotReader.Read(snapshots[0]).CaseText);

        var summary = JsonDocument.Parse(File.ReadAllText(run["out/run.json"])).RootElement;
        Assert.Equal("finished", summary.GetProperty("status").GetString());
        Assert.Equal(rows.Length - 1, summary.GetProperty("steps").GetInt32());
        Assert.Equal(2, summary.GetProperty("time_s").GetDouble());
        Assert.Matches(@"x_se +- +0\.17 +0\.\d+ +.*Fig\. 4e", output);
    }

    [Fact]
    public void Probe_info_and_export_read_what_a_run_wrote()
    {
        using var run = new ProgramRun();
        var made = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"]);
        Assert.Equal((0, ""), (made.Exit, made.Errors));
        var last = RunFolder.Snapshots(run["out"])[^1];

        var (exit, output, errors) = ProgramRun.Call("probe", last, "--points", "0,140;50,70", "--json");
        Assert.Equal((0, ""), (exit, errors));
        var probe = JsonDocument.Parse(output).RootElement;
        Assert.Equal(2, probe.GetProperty("time").GetDouble());
        var points = probe.GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal(2, points.Length);
        Assert.Equal([50e-9, 70e-9], points[1].GetProperty("position").EnumerateArray().Select(v => v.GetDouble()));
        Assert.All(new[] { "x", "concentration", "potential_chem", "potential_mech", "potential", "von_mises",
            "sigma_h", "energy_density" }, name =>
            Assert.Equal(JsonValueKind.Number, points[0].GetProperty(name).ValueKind));
        Assert.All(new[] { ("displacement", 3), ("stress", 6), ("strain", 6), ("flux", 3) }, field =>
            Assert.Equal(field.Item2, points[0].GetProperty(field.Item1).GetArrayLength()));
        // The pressure that the case puts on the SE side is met there.
        Assert.Equal(-9e6, points[0].GetProperty("stress")[2].GetDouble(), 1);

        using (var file = Hdf5File.OpenRead(last))
        {
            Assert.Equal("friction", file.GetText("/case", "interfaces.se.law"));
            Assert.Equal(1e18, file.GetDouble("/case", "interfaces.se.stiffness [Pa/m]"));
            Assert.Equal(100e-9, file.GetDouble("/case", "domain.radius [m]"), 1e-20);
        }

        Assert.Contains("finished", ProgramRun.Call("info", run["out"]).Output);
        Assert.Matches(@"\n\s*warnings\s+none\s*\n", ProgramRun.Call("info", run["out"]).Output);
        Assert.Contains("axisymmetric, r x z: 10 x 14 cells, 100 x 140 nm", ProgramRun.Call("info", last).Output);

        var exported = ProgramRun.Call("export", run["out"]);
        Assert.Equal((0, $"3 images, collection {run["out/vtk/out.pvd"]}"), (exported.Exit, exported.Output.Trim()));
        Assert.Equal(3, Directory.GetFiles(run["out/vtk"], "*.vti").Length);
    }

    [Fact]
    public void Overrides_are_what_is_run_and_written()
    {
        using var run = new ProgramRun();
        var (exit, _, _) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"], "--set",
            "protocol.0.plate.time=0.5 s", "--set", "interfaces.se.strength=0.5GPa", "--threads", "1");
        Assert.Equal(0, exit);
        var @case = CaseReader.Read(run["out/case.yaml"], []).Case;
        Assert.Equal((0.5, 5e8), (@case.Protocol[0].Plate!.Time, @case.Interfaces.Se.ShearStrength));
        Assert.Equal(0.5, SnapshotReader.Read(RunFolder.Snapshots(run["out"])[^1]).Time);
    }

    [Fact]
    public void The_same_case_may_be_run_again_in_its_folder()
    {
        using var run = new ProgramRun();
        var file = run.Write("plate.yaml", ProgramRun.Plate);
        Assert.Equal(0, ProgramRun.Call("run", file, "-o", run["out"]).Exit);
        var (before, names) = (File.ReadAllText(run["out/history.csv"]), run.Contents);
        Assert.Equal(0, ProgramRun.Call("run", file, "-o", run["out"]).Exit);
        Assert.Equal(before, File.ReadAllText(run["out/history.csv"]));
        Assert.Equal(names, run.Contents);
    }

    [Fact]
    public void Without_a_protocol_the_initial_state_is_solved_and_written()
    {
        using var run = new ProgramRun();
        var text = ProgramRun.Plate.Replace("protocol: [ { plate: { current: 1 mA/cm^2, time: 2 s } } ]",
            "initial: { x: 0.1 }\nprotocol: []").Replace(
            "published: [ { quantity: x_se, value: 0.17, source: Fig. 4e } ]", "");
        Assert.Equal(0, ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"]).Exit);
        var snapshot = SnapshotReader.Read(Assert.Single(RunFolder.Snapshots(run["out"])));
        Assert.True(((double[])snapshot.Cells.Single(f => f.Name == "von_mises").Data).Max() > 1e8);
    }

    [Fact]
    public void A_table_of_initial_lithium_and_a_field_of_a_snapshot_start_a_run()
    {
        using var run = new ProgramRun();
        var table = ProgramRun.Plate.Replace(
            "interfaces:", "initial: { x: { table: { at: [0 nm, 140 nm], values: [0.05, 0.15] } } }\ncoupling: "
            + "none\ninterfaces:").Replace("time: 2 s", "time: 0.1 s");
        Assert.Equal(0, ProgramRun.Call("run", run.Write("table.yaml", table), "-o", run["out"]).Exit);
        var start = SnapshotReader.Read(RunFolder.Snapshots(run["out"])[0]);
        var x = (double[])start.Cells.Single(f => f.Name == "x").Data;
        Assert.Equal(0.05 + 0.1 * 0.5 / 14, x[0], 1e-15);

        var again = table.Replace("{ table: { at: [0 nm, 140 nm], values: [0.05, 0.15] } }",
            $"{{ file: {RunFolder.Snapshots(run["out"])[0]} }}");
        Assert.Equal(0, ProgramRun.Call("run", run.Write("file.yaml", again), "-o", run["again"]).Exit);
        Assert.Equal(x, (double[])SnapshotReader.Read(RunFolder.Snapshots(run["again"])[0]).Cells.Single(
            f => f.Name == "x").Data);
    }

    [Fact]
    public void Help_case_lists_every_entry_of_the_example()
    {
        var (exit, output, _) = ProgramRun.Call("help-case");
        Assert.Equal(0, exit);
        Assert.All(
            new[] { "title", "kind", "radius", "height", "cells", "temperature", "diffusivity", "partial_molar_volume",
                "youngs_modulus", "poisson_ratio", "magnesium_concentration", "law", "stiffness", "strength",
                "pressure", "coupling", "current", "every" },
            name => Assert.Contains(name, output));
    }
}
