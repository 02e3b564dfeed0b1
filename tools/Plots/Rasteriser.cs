using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools.Plots;

/// <summary>A program of this machine that turns SVG into PNG.</summary>
public sealed class Rasteriser
{
    private const int DotsPerInch = 300;

    private static readonly (string Program, Func<string, string, string[]> Arguments)[] Known =
    [
        ("rsvg-convert", (svg, png) =>
            ["--dpi-x", $"{DotsPerInch}", "--dpi-y", $"{DotsPerInch}", "--output", png, svg]),
        ("inkscape", (svg, png) =>
            [$"--export-dpi={DotsPerInch}", "--export-type=png", $"--export-filename={png}", svg]),
        ("chromium", OfBrowser),
        ("google-chrome", OfBrowser),
    ];

    private readonly string program;
    private readonly Func<string, string, string[]> arguments;

    private Rasteriser(string program, Func<string, string, string[]> arguments) =>
        (this.program, this.arguments) = (program, arguments);

    /// <summary>What to say where there is none: that PNGs are missing, and what makes them.</summary>
    public static string Missing =>
        $"no PNG beside the SVG: none of {string.Join(", ", Known.Select(known => known.Program))} is on the PATH "
            + $"(Debian: apt-get install librsvg2-bin)";

    /// <summary>The first program on the PATH that can do it, or null.</summary>
    public static Rasteriser? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".com"] : [""];
        var found = from known in Known
                    from folder in folders
                    from ending in endings
                    let file = Path.Combine(folder, known.Program + ending)
                    where File.Exists(file)
                    select new Rasteriser(file, known.Arguments);
        return found.FirstOrDefault();
    }

    /// <summary>
    /// A browser's picture of a window that the SVG fills. The sandbox, which root must do without, is not needed for a
    /// file of ours.
    /// </summary>
    private static string[] OfBrowser(string svg, string png)
    {
        const double dotsPerInch = 96, millimetresPerInch = 25.4;
        var root = XDocument.Load(svg).Root!;
        int Pixels(string side) =>
            (int)Math.Ceiling(
            double.Parse(root.Attribute(side)!.Value[..^2], CultureInfo.InvariantCulture) / millimetresPerInch
            * dotsPerInch);
        return
        [
            "--headless", "--no-sandbox", "--hide-scrollbars",
                string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={DotsPerInch / dotsPerInch}"),
            $"--window-size={Pixels("width")},{Pixels("height")}", $"--screenshot={Path.GetFullPath(png)}",
                new Uri(Path.GetFullPath(svg)).AbsoluteUri,
        ];
    }

    /// <summary>Writes a PNG of 300 dots per inch.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="png">The file to write.</param>
    /// <param name="cancel">Ends the program; no part of the file is left.</param>
    /// <returns>Why it could not be done, in one line, or null.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string? Convert(string svg, string png, CancellationToken cancel = default)
    {
        try
        {
            AtomicFile.Write(png, temporary =>
            {
                // Programs know the kind of a picture by the ending of its name.
                var image = temporary + ".png";
                try
                {
                    Run(svg, image, cancel);
                    PngImage.Mark(image);
                    File.Move(image, temporary, overwrite: true);
                }
                finally
                {
                    File.Delete(image);
                }
            });
            return null;
        }
        catch (RunException e)
        {
            return e.Message;
        }
    }

    private void Run(string svg, string png, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments(svg, png))
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true
                })!;
            using var ending = cancel.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            _ = output.Result;
            cancel.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
                throw new RunException($"{program} could not convert {svg}: {Words.OneLine(errors)}");
        }
        catch (Win32Exception e)
        {
            throw new RunException($"{program} could not be started: {e.Message}");
        }
    }
}
