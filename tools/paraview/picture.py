"""A picture for paper of the last state of a run.

    pvbatch picture.py DIR/vtk/NAME.pvd out.png [--fields x von_mises grain] [--plane] [--stretch 2]

Side by side, one field per panel (x, von Mises stress and the grains, or the potential where there are no grains), axes in nm: a plate with its axis in the middle or, with --plane, a plane strip as it is. A film in three
dimensions is seen from above its front corner, with --stretch times its height. Made for ParaView 5.11; without a display run it under xvfb-run -a.
"""
import argparse
import math
import os
import sys

from paraview.simple import (
    AssignViewToLayout, Calculator, ColorBy, CreateLayout, CreateView, GetColorTransferFunction, GetScalarBar, PVDReader, Reflect, SaveScreenshot,
    Show, Text, Threshold, Transform)

# Name: (title and unit shown, factor from SI, colour map, whether zero is in the middle of the map)
FIELDS = {
    "x": ("x = Li/Mg", 1, "Viridis (matplotlib)", False),
    "von_mises": ("von Mises stress (GPa)", 1e-9, "Plasma (matplotlib)", False),
    "sigma_h": ("hydrostatic stress (GPa)", 1e-9, "Cool to Warm", True),
    "potential": ("potential against Li (mV)", 1e3, "Viridis (matplotlib)", False),
    "potential_chem": ("potential, chemical part (mV)", 1e3, "Viridis (matplotlib)", False),
    "potential_mech": ("potential, mechanical part (mV)", 1e3, "Cool to Warm", True),
    "grain": ("grains", 1, "Viridis (matplotlib)", False),
    "energy_density": ("elastic energy (MJ/m³)", 1e-6, "Plasma (matplotlib)", False),
}
PANEL = 800  # pixels across
LEFT, RIGHT, ABOVE, BELOW = 130, 50, 225, 120  # pixels around the field, for axes and colour bar
TITLE, LABEL = 32, 28  # font sizes
CHARACTER = 0.47  # mean width of a character over the font size
GOLDEN = 0.6180339887498949  # neighbouring multiples are far apart modulo 1
BLACK, WHITE = [0, 0, 0], [1, 1, 1]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", help="the .pvd file")
    parser.add_argument("picture", help="the .png file to write")
    parser.add_argument("--fields", nargs="+", choices=FIELDS, metavar="FIELD")
    parser.add_argument("--stretch", type=float, default=2, help="height of a film in three dimensions over its true one")
    parser.add_argument("--plane", action="store_true", help="plane strain: an x axis, and no mirror image at x = 0")
    return parser.parse_args()


def usual_fields(reader):
    """x, von Mises stress and the grains where there are some; otherwise the potential takes their place. Without stress what there is of these."""
    there = [name.split(" [")[0] for name in reader.CellData.keys()]
    has_grains = "grain" in there and reader.CellData[array_name(reader, "grain")].GetRange()[1] > 0
    last = ["grain"] if has_grains else [field for field in ("potential", "potential_chem") if field in there][:1]
    return [field for field in ("x", "von_mises") if field in there] + last


def array_name(reader, field):
    """The array's name with its unit, for example von_mises [Pa]."""
    names = reader.CellData.keys()
    found = [name for name in names if name.split(" [")[0] == field]
    if not found:
        sys.exit(f"there is no field {field}, but there are {', '.join(names)}")
    return found[0]


def without_voids(reader):
    """The cells of the body; voids have the phase -1."""
    phase = array_name(reader, "phase") if any(name.startswith("phase") for name in reader.CellData.keys()) else None
    if phase is None or reader.CellData[phase].GetRange()[0] >= 0:
        return reader
    return Threshold(Input=reader, Scalars=["CELLS", phase], ThresholdMethod="Above Upper Threshold", UpperThreshold=0)


def limits(reader, name, factor, symmetric):
    """The field's range, widened to round numbers."""
    low, high = (factor * value for value in reader.CellData[name].GetRange())
    if symmetric:
        high = max(abs(low), abs(high))
        low = -high
    if not high > low:
        return low - 0.5, high + 0.5
    step = round_step(low, high)
    return step * math.floor(low / step), step * math.ceil(high / step)


class Frame:
    """Where the domain lies in a panel, in pixels: all its width, and the height that belongs to it."""

    def __init__(self, bounds):
        self.x, self.z = (bounds[0], bounds[1]), (bounds[4], bounds[5])
        self.scale = (PANEL - LEFT - RIGHT) / (bounds[1] - bounds[0])
        self.height = round(self.scale * (bounds[5] - bounds[4])) + ABOVE + BELOW

    def look(self, view):
        """Along y, so that x points right and z up."""
        x = self.x[0] + (PANEL / 2 - LEFT) / self.scale
        z = self.z[0] + (self.height / 2 - BELOW) / self.scale
        view.CameraParallelProjection = 1
        view.CameraFocalPoint = [x, 0, z]
        view.CameraPosition = [x, -10 * (PANEL + self.height) / self.scale, z]
        view.CameraViewUp = [0, 0, 1]
        view.CameraParallelScale = self.height / 2 / self.scale

    def write(self, view, text, x, y, align=0.0):
        """Text at pixels from the panel's lower left corner, which are its left end, its middle (align = 0.5) or its right end (1)."""
        x -= align * len(text) * CHARACTER * TITLE
        note = Show(Text(Text=text), view)
        note.WindowLocation, note.Position = "Any Location", [x / PANEL, y / self.height]
        note.FontSize, note.Color = TITLE, BLACK


class Block(Frame):
    """A film in three dimensions, seen from above its front corner."""

    TILT = math.radians(35)  # of the line of sight below the horizontal

    def __init__(self, bounds):
        self.bounds = bounds
        across = (bounds[1] - bounds[0] + bounds[3] - bounds[2]) / math.sqrt(2)
        self.scale = (PANEL - 2 * RIGHT) / across
        self.tall = across * math.sin(self.TILT) + (bounds[5] - bounds[4]) * math.cos(self.TILT)
        self.height = round(self.scale * self.tall) + ABOVE + BELOW // 2

    def look(self, view):
        low, high = self.bounds[::2], self.bounds[1::2]
        middle = [(a + b) / 2 for a, b in zip(low, high)]
        sight = [-math.cos(self.TILT) / math.sqrt(2), -math.cos(self.TILT) / math.sqrt(2), math.sin(self.TILT)]
        up = [math.sin(self.TILT) / math.sqrt(2), math.sin(self.TILT) / math.sqrt(2), math.cos(self.TILT)]
        # The block stands at the panel's lower edge, below title and colour bar.
        shift = (ABOVE - BELOW // 2) / 2 / self.scale
        focus = [m + shift * u for m, u in zip(middle, up)]
        far = 10 * (high[0] - low[0])
        view.CameraParallelProjection = 1
        view.CameraFocalPoint = focus
        view.CameraPosition = [f + far * d for f, d in zip(focus, sight)]
        view.CameraViewUp = up
        view.CameraParallelScale = self.height / 2 / self.scale


def panel(reader, scene, frame, field):
    """A view of one field with its colour bar and axes."""
    title, factor, colours, symmetric = FIELDS[field]
    name = array_name(reader, field)
    view = CreateView("RenderView", ViewSize=[PANEL, frame.height])
    view.UseColorPaletteForBackground = 0
    view.Background = WHITE
    view.OrientationAxesVisibility = 0

    shown = Calculator(Input=scene, AttributeType="Cell Data", ResultArrayName=title, Function=f'"{name}" * {factor!r}')
    display = Show(shown, view)
    display.Representation = "Surface"
    ColorBy(display, ("CELLS", title))
    table = GetColorTransferFunction(title)
    table.ApplyPreset(colours, True)
    low, high = limits(reader, name, factor, symmetric)
    table.RescaleTransferFunction(low, high)
    display.LookupTable = table
    display.Ambient, display.Diffuse = 1, 0  # the colours of the bar, not shaded
    display.SetScalarBarVisibility(view, True)
    if field == "grain":
        # Numbers of grains mean nothing in themselves: they are scattered over the colours.
        shown.Function = f'({GOLDEN!r} * "{name}") - floor({GOLDEN!r} * "{name}")'
        table.RescaleTransferFunction(0, 1)
        display.SetScalarBarVisibility(view, False)
        frame.write(view, f"{round(high)} {title}", PANEL / 2, frame.height - 90, 0.5)
    else:
        colour_bar(GetScalarBar(table, view), title, low, high, frame)
    if not isinstance(frame, Block):
        axes(view, frame)
    frame.look(view)
    return view


def colour_bar(bar, title, low, high, frame):
    bar.Title, bar.ComponentTitle = title, ""
    bar.Orientation, bar.WindowLocation = "Horizontal", "Any Location"
    bar.Position = [LEFT / PANEL, 1 - 125 / frame.height]
    bar.ScalarBarLength, bar.ScalarBarThickness = (PANEL - LEFT - RIGHT) / PANEL, 24
    bar.TitleFontSize, bar.LabelFontSize = TITLE, LABEL
    bar.TitleColor = bar.LabelColor = BLACK
    bar.UseCustomLabels, bar.CustomLabels, bar.AddRangeLabels = 1, round_numbers(low, high), 0
    decimals = max(0, -math.floor(math.log10(round_step(low, high)) + 1e-9))
    bar.AutomaticLabelFormat, bar.LabelFormat = 0, f"%.{decimals}f"


def axes(view, frame):
    """Labels below and to the left, at round numbers; titles and the names of the two sides where no label is."""
    below_and_left, back = 0x01 | 0x04, 0x02
    grid = view.AxesGrid
    grid.Visibility, grid.ShowGrid, grid.ShowTicks = 1, 0, 0
    grid.AxesToLabel, grid.FacesToRender, grid.CullFrontface = below_and_left, back, 0
    grid.XTitle = grid.YTitle = grid.ZTitle = ""
    grid.XAxisUseCustomLabels = grid.ZAxisUseCustomLabels = 1
    grid.XAxisLabels, grid.ZAxisLabels = round_numbers(*frame.x), round_numbers(*frame.z)
    grid.XLabelColor = grid.ZLabelColor = grid.GridColor = BLACK
    grid.XLabelFontSize = grid.ZLabelFontSize = LABEL
    middle, right, above = (LEFT + PANEL - RIGHT) / 2, PANEL - RIGHT, frame.height - ABOVE + 20
    frame.write(view, "r (nm)" if frame.x[0] < 0 else "x (nm)", middle, 18, 0.5)
    frame.write(view, "z (nm)", 20, above)
    frame.write(view, "electrolyte side", right, above, 1)
    frame.write(view, "collector side", right, 18, 1)


def round_step(low, high):
    """1, 2 or 5 times a power of ten, such that a range has about four to nine multiples of it."""
    rough = (high - low) / 4
    power = 10 ** math.floor(math.log10(rough))
    return power * max(factor for factor in (1, 2, 5) if factor * power <= rough)


def round_numbers(low, high):
    """The multiples of the round step in a range."""
    step = round_step(low, high)
    slack = 1e-6 * step
    return [i * step for i in range(math.ceil((low - slack) / step), math.floor((high + slack) / step) + 1)]


def main():
    options = arguments()
    if not os.path.exists(options.collection):
        sys.exit(f"there is no file {options.collection}")
    reader = PVDReader(FileName=options.collection)
    times = reader.TimestepValues
    time = times[-1] if hasattr(times, "__len__") else times
    reader.UpdatePipeline(time)
    reader = without_voids(reader)
    reader.UpdatePipeline(time)
    fields = options.fields or usual_fields(reader)

    bounds = reader.GetDataInformation().GetBounds()
    solid = bounds[3] > bounds[2]
    scene = Transform(Input=reader)
    scene.Transform.Scale = [1e9, 1e9, 1e9 * (options.stretch if solid else 1)]
    if not options.plane and not solid:
        scene = Reflect(Input=scene, Plane="X Min", CopyInput=1)
    scene.UpdatePipeline(time)
    frame = (Block if solid else Frame)(scene.GetDataInformation().GetBounds())

    size = [PANEL * len(fields), frame.height]
    layout = CreateLayout("picture")
    cell = 0
    for i, field in enumerate(fields):
        left = len(fields) - i
        if left > 1:
            layout.SplitHorizontal(cell, 1 / left)
        view = panel(reader, scene, frame, field)
        view.ViewTime = time
        AssignViewToLayout(view, layout, 2 * cell + 1 if left > 1 else cell)
        cell = 2 * cell + 2
        if i == 0:
            frame.write(view, f"t = {time:.4g} s", 20, 18)
    layout.SetSize(*size)
    SaveScreenshot(options.picture, layout, ImageResolution=size, SeparatorWidth=0, SeparatorColor=WHITE)


main()
