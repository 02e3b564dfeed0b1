"""A picture for paper of the last state of a run.

    pvbatch picture.py DIR/vtk/NAME.pvd out.png [--fields x von_mises grain] [--plane] [--stretch 2] [--inert "1=layer"]

Side by side, one field per panel (x, von Mises stress and the grains, or the potential where there are no grains), with axes in nm or µm: a plate with its axis in the middle or, with --plane, a plane strip as it is. A film in three
dimensions is seen from above its front corner, a flat one with twice its height (--stretch). What belongs to lithium is grey in phases without it (--inert). Names, units and colours are those of quantities.json. Made for ParaView 5.11; without a display run it under xvfb-run -a.
"""
import argparse
import heapq
import itertools
import json
import math
import os
import subprocess
import sys

import numpy
from paraview import servermanager, vtk
from paraview.simple import (
    AssignViewToLayout, Calculator, CellCenters, ColorBy, CreateLayout, CreateView, ExtractSurface, GetColorTransferFunction, GetScalarBar, PVDReader, Reflect, SaveScreenshot,
    Show, Text, Threshold, Transform, TrivialProducer)
from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy

PANEL = 800  # pixels across
LEFT, RIGHT, ABOVE, BELOW = 130, 50, 225, 120  # pixels around the field, for axes and colour bar
TITLE, LABEL = 32, 28  # font sizes
TICK = 10  # pixels
SMALL = 1e-4  # numbers along a bar below this have a power of ten, not many zeros
BLACK, GREY, NEUTRAL, WHITE = [0, 0, 0], [0.33, 0.33, 0.33], [0.66, 0.66, 0.66], [1, 1, 1]  # no grain has the neutral one


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", help="the .pvd file")
    parser.add_argument("picture", help="the .png file to write")
    parser.add_argument("--fields", nargs="+", metavar="FIELD")
    parser.add_argument("--stretch", type=float, help="height of a film in three dimensions over its true one; by default 2 for flat ones, 1 for others")
    parser.add_argument("--plane", action="store_true", help="plane strain: an x axis, and no mirror image at x = 0")
    parser.add_argument("--inert", nargs="+", metavar="PHASE=NAME", default=[], help="phases that hold no lithium, where x and potentials do not exist, and what they are called")
    parser.add_argument("--quantities", default=os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "quantities.json"), help="names, units and colours of fields")
    return parser.parse_args()


# What is shown

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


def split(scene, field, inert, catalogue):
    """The cells of a scene where a field exists, and by its name each inert phase in which it does not; of grains that is where there is none."""
    phase = next((name for name in scene.CellData.keys() if name.split(" [")[0] == "phase"), None)
    if phase is None or not inert or not (catalogue["quantities"][field].get("of_lithium") or field == "grain"):
        return scene, {}
    number = "+".join(f'{k}*("{phase}"=={k})' for k in inert)
    if field == "grain":
        number = f'({number})*("{array_name(scene, field)}"==0)'
    marked = Calculator(Input=scene, AttributeType="Cell Data", ResultArrayName="inert", Function=number)

    def between(low, high):
        part = Threshold(Input=marked, Scalars=["CELLS", "inert"], ThresholdMethod="Between", LowerThreshold=low - 0.5, UpperThreshold=high + 0.5)
        part.UpdatePipeline()
        return part
    parts = {name: between(k, k) for k, name in inert.items()}
    return between(0, 0), {name: part for name, part in parts.items() if part.GetDataInformation().GetNumberOfCells() > 0}


def one_value(low, high):
    """Whether a range is none but for rounding and what solvers leave."""
    return high - low <= 1e-6 * max(abs(low), abs(high))


def limits(low, high, signed):
    """A range, widened to round numbers; about one value, with that in its middle."""
    if signed:
        high = max(abs(low), abs(high))
        low = -high
    if one_value(low, high):
        half = abs(low) / 10 or 0.5
        return low - half, high + half
    step = round_step(low, high)
    return step * math.floor(low / step + 1e-5), step * math.ceil(high / step - 1e-5)


def rgb(colour):
    return [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]


# Where it lies in a panel

class Frame:
    """A section: all of a panel's width, and the height that belongs to it."""

    def __init__(self, bounds, unit):
        self.x, self.z, self.unit = (bounds[0], bounds[1]), (bounds[4], bounds[5]), unit
        self.scale = (PANEL - LEFT - RIGHT) / (bounds[1] - bounds[0])
        self.height = round(self.scale * (bounds[5] - bounds[4])) + ABOVE + BELOW
        self.sight = [0, -1, 0]

    def look(self, view):
        """Along y, so that x points right and z up."""
        x = self.x[0] + (PANEL / 2 - LEFT) / self.scale
        z = self.z[0] + (self.height / 2 - BELOW) / self.scale
        self.aim(view, [x, 0, z], 10 * (PANEL + self.height) / self.scale, [0, 0, 1])

    def aim(self, view, focus, distance, up):
        view.CameraParallelProjection, view.CameraFocalPoint = 1, focus
        view.CameraPosition = [f + distance * s for f, s in zip(focus, self.sight)]
        view.CameraViewUp = up
        view.CameraParallelScale = self.height / 2 / self.scale

    def axes(self, view):
        """Labels below and to the left, at round numbers; titles and the names of the two sides where no label is."""
        below_and_left, back = 0x01 | 0x04, 0x02
        grid = view.AxesGrid
        grid.Visibility, grid.ShowGrid, grid.ShowTicks = 1, 0, 0
        grid.AxesToLabel, grid.FacesToRender, grid.CullFrontface = below_and_left, back, 0
        grid.XTitle = grid.YTitle = grid.ZTitle = ""
        grid.XAxisUseCustomLabels = grid.ZAxisUseCustomLabels = 1
        grid.XAxisLabels, grid.ZAxisLabels = round_numbers(*self.x), round_numbers(*self.z, most=self.scale * (self.z[1] - self.z[0]) / (1.2 * LABEL))
        grid.XLabelColor = grid.ZLabelColor = grid.GridColor = BLACK
        grid.XLabelFontSize = grid.ZLabelFontSize = LABEL
        use_font(grid, "X", "Z")
        middle, right, above = (LEFT + PANEL - RIGHT) / 2, PANEL - RIGHT, self.height - ABOVE + 20
        self.write(view, f"r ({self.unit})" if self.x[0] < 0 else f"x ({self.unit})", middle, 18, 0.5)
        self.write(view, f"z ({self.unit})", 20, above)
        self.write(view, "electrolyte side", right, above, 1, GREY)
        self.write(view, "collector side", right, 18, 1, GREY)

    def name_inside(self, view, name, part):
        """Writes a name in the middle of a part that is wide and high enough for it and whole there; whether it is."""
        centres = CellCenters(Input=part)
        centres.UpdatePipeline()
        places = vtk_to_numpy(servermanager.Fetch(centres).GetPoints().GetData())[:, [0, 2]]
        bounds = part.GetDataInformation().GetBounds()
        middle, half = numpy.array([(bounds[0] + bounds[1]) / 2, (bounds[4] + bounds[5]) / 2]), numpy.array([width(name) * LABEL / 2 + 5, 0.7 * LABEL]) / self.scale
        size = numpy.array([numpy.diff(numpy.unique(places[:, axis].round(6))).min(initial=2 * half[axis]) for axis in (0, 1)])
        inside = (abs(places - middle) < half + size / 2).all(axis=1).sum()
        if (2 * half > [bounds[1] - bounds[0], bounds[5] - bounds[4]]).any() or inside < numpy.prod(numpy.floor(2 * half / size)):
            return False
        x, y = LEFT + (middle[0] - self.x[0]) * self.scale, BELOW + (middle[1] - self.z[0]) * self.scale
        self.write(view, name, x, y - 0.4 * LABEL, 0.5, size=LABEL)
        return True

    def legend(self, view, text):
        """Above the field, between what else is written there, where it has room."""
        if 1.15 * width(text) * LABEL < PANEL - RIGHT - LEFT - 1.15 * width("electrolyte side") * TITLE:
            self.write(view, text, LEFT + 10, self.height - ABOVE + 20, size=LABEL)

    def write(self, view, text, x, y, align=0.0, colour=BLACK, size=TITLE):
        """Text at pixels from the panel's lower left corner, which are its left end, its middle (align = 0.5) or its right end (1)."""
        x -= align * width(text) * size
        note = Show(Text(Text=text), view)
        note.WindowLocation, note.Position = "Any Location", [x / PANEL, y / self.height]
        note.FontSize, note.Color = size, colour
        use_font(note, "")


class Block(Frame):
    """A film in three dimensions, seen from above its front corner: x runs to the right from there, y to the left."""

    TILT = math.radians(35)  # of the line of sight below the horizontal
    SIDE, FOOT = 110, 95  # pixels beside and below the film, for the numbers along its edges

    def __init__(self, bounds, unit, stretch):
        self.low, self.high, self.unit, self.stretch = bounds[::2], bounds[1::2], unit, stretch
        sine, cosine, half = math.sin(self.TILT), math.cos(self.TILT), 1 / math.sqrt(2)
        self.sight, self.right, self.up = [-cosine * half, -cosine * half, sine], [half, -half, 0], [sine * half, sine * half, cosine]
        self.scale, self.shift = 1, (0, 0)
        ends = [self.place(corner) for corner in itertools.product(*zip(self.low, self.high))]
        self.scale = (PANEL - 2 * self.SIDE) / (max(x for x, _ in ends) - min(x for x, _ in ends))
        self.shift = (self.SIDE - self.scale * min(x for x, _ in ends), self.FOOT - self.scale * min(y for _, y in ends))
        self.height = round(self.scale * (max(y for _, y in ends) - min(y for _, y in ends))) + self.FOOT + ABOVE - 40

    def place(self, point):
        """Where a point of the scene is, in pixels from the panel's lower left corner."""
        return tuple(self.scale * sum(p * d for p, d in zip(point, direction)) + shift for direction, shift in zip((self.right, self.up), self.shift))

    def look(self, view):
        middle = [(a + b) / 2 for a, b in zip(self.low, self.high)]
        x, y = self.place(middle)
        across, upwards = (PANEL / 2 - x) / self.scale, (self.height / 2 - y) / self.scale
        focus = [m + across * r + upwards * u for m, r, u in zip(middle, self.right, self.up)]
        self.aim(view, focus, 10 * sum(b - a for a, b in zip(self.low, self.high)), self.up)

    def name_inside(self, view, name, part):
        return False

    def legend(self, view, text):
        """Above the block's upper corner."""
        self.write(view, text, 20, self.height - ABOVE + 58, size=LABEL)

    def axes(self, view):
        """Numbers along the two lower edges in front and the upright one at the left; which side is which."""
        low, high = self.low, self.high
        edges = [  # name, axis, corner it starts at, direction of its ticks, alignment of its numbers and how far below the tick's end they stand
            ("x", 0, [low[0], low[1], low[2]], [0, -1, 0], 0, 1), ("y", 1, [low[0], low[1], low[2]], [-1, 0, 0], 1, 1),
            ("z", 2, [low[0], high[1], low[2]], [-math.sqrt(0.5), math.sqrt(0.5), 0], 1, 0.36)]
        lines = []
        for name, axis, start, outwards, align, drop in edges:
            end = start[:axis] + [high[axis]] + start[axis + 1:]
            lines.append((start, end))
            factor = self.stretch if name == "z" else 1
            (x0, y0), (x1, y1) = self.place(start), self.place(end)
            # Numbers keep a distance of two heights from each other; an edge with room for few has one at either end.
            room = math.hypot(x1 - x0, y1 - y0) / (2 * LABEL)
            numbers = round_numbers(low[axis] / factor, high[axis] / factor, most=room)
            if len(numbers) < 4:
                numbers = [low[axis] / factor, high[axis] / factor]
            for number in numbers:
                tick = start[:axis] + [number * factor] + start[axis + 1:]
                tip = [t + TICK / self.scale * o for t, o in zip(tick, outwards)]
                lines.append((tick, tip))
                x, y = self.place(tip)
                lift = 0.4 * LABEL if name == "z" and number == numbers[0] else 0  # clear of the last number along y
                self.write(view, f"{number:.6g}", x + 6 - 12 * align, y + lift - drop * 0.8 * LABEL, align, size=LABEL)
            # The axis' name beyond its numbers, at the middle of the edge.
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            far = 20 + width(f"{high[axis]:.6g}") * LABEL
            place = (x - 20, y1 + 0.9 * LABEL, 0.6) if name == "z" else (x + (far if align == 0 else -far), y - 62, align)
            self.write(view, f"{name} ({self.unit})", *place)
        show_lines(view, numpy.array(lines).reshape(-1, 3), self)
        above = self.height - ABOVE + 10
        self.write(view, "top: electrolyte side", PANEL - 20, above, 1, GREY, LABEL)
        self.write(view, "bottom: collector side", PANEL - 20, 18, 1, GREY, LABEL)


def show_lines(view, points, frame):
    """Straight black lines between the first and the second point of the scene, the third and the fourth and so on; they lie a pixel towards the eye, so that no surface hides them."""
    points = points + numpy.array(frame.sight) / frame.scale
    cells = numpy.empty((len(points) // 2, 3), dtype=numpy.int64)
    cells[:, 0], cells[:, 1], cells[:, 2] = 2, numpy.arange(0, len(points), 2), numpy.arange(1, len(points), 2)
    mesh, segments = vtk.vtkPolyData(), vtk.vtkCellArray()
    places = vtk.vtkPoints()
    places.SetData(numpy_to_vtk(points, deep=1))
    segments.ImportLegacyFormat(numpy_to_vtk(cells.ravel(), deep=1, array_type=vtk.VTK_ID_TYPE))
    mesh.SetPoints(places)
    mesh.SetLines(segments)
    source = TrivialProducer()
    source.GetClientSideObject().SetOutput(mesh)
    display = Show(source, view)
    display.Representation, display.LineWidth = "Wireframe", 2
    display.AmbientColor = display.DiffuseColor = BLACK
    display.Ambient, display.Diffuse = 1, 0


# Grains

def neighbours(whole, name):
    """The largest number of a grain, and pairs of grains that share a face of cells; cells at opposite lateral faces count as neighbours, because films repeat."""
    data = servermanager.Fetch(whole)
    x0, x1, y0, y1, z0, z1 = data.GetExtent()
    grains = vtk_to_numpy(data.GetCellData().GetArray(name)).astype(int).reshape(max(z1 - z0, 1), max(y1 - y0, 1), max(x1 - x0, 1))
    pairs = set()
    for axis in range(3):
        beside = numpy.roll(grains, 1, axis) if axis > 0 else numpy.concatenate([grains[:1], grains[:-1]])
        found = numpy.unique(grains[grains != beside] * (grains.max() + 1) + beside[grains != beside])
        pairs.update(divmod(pair, grains.max() + 1) for pair in found.tolist())
    return grains.max(), pairs


def grain_colours(largest, pairs, colours):
    """Of grains 0 to the largest: the number of the colour that the fewest have among those that no neighbour has; grains with few neighbours choose last."""
    beside = [set() for _ in range(largest + 1)]
    for a, b in pairs:
        beside[a].add(b)
        beside[b].add(a)
    order, left = [], [len(others) for others in beside]
    queue = [(count, grain) for grain, count in enumerate(left)]
    heapq.heapify(queue)
    while queue:
        count, grain = heapq.heappop(queue)
        if count == left[grain]:
            left[grain] = -1
            order.append(grain)
            for other in beside[grain]:
                if left[other] >= 0:
                    left[other] -= 1
                    heapq.heappush(queue, (left[other], other))
    chosen, used = [None] * (largest + 1), [0] * colours
    for grain in reversed(order):
        taken = {chosen[other] for other in beside[grain]}
        chosen[grain] = min(range(colours), key=lambda colour: (colour in taken, used[colour], colour))
        used[chosen[grain]] += 1
    return chosen


def boundaries(scene, name):
    """Pairs of points: the edges of the scene's surface between cells of different grains."""
    surface = servermanager.Fetch(ExtractSurface(Input=scene))
    places = vtk_to_numpy(surface.GetPoints().GetData())
    corners = vtk_to_numpy(surface.GetPolys().GetConnectivityArray()).reshape(-1, 4)
    grains = vtk_to_numpy(surface.GetCellData().GetArray(name)).astype(int)
    edges = numpy.sort(numpy.stack([corners, numpy.roll(corners, -1, 1)], axis=2).reshape(-1, 2), axis=1)
    order = numpy.lexsort((edges[:, 1], edges[:, 0]))
    edges, owners = edges[order], numpy.repeat(grains, 4)[order]
    shared = (edges[1:] == edges[:-1]).all(axis=1) & (owners[1:] != owners[:-1])
    return places[edges[1:][shared]].reshape(-1, 3)


# Panels

def panel(whole, scene, frame, field, catalogue, inert):
    """A view of one field with its colour bar and axes."""
    quantity = catalogue["quantities"][field]
    scene, without = split(scene, field, inert, catalogue)
    name = array_name(scene, field)
    view = CreateView("RenderView", ViewSize=[PANEL, frame.height])
    view.UseColorPaletteForBackground = 0
    view.Background = WHITE
    view.OrientationAxesVisibility = 0

    low, high = scene.CellData[name].GetRange()
    shown_in = next(unit for unit in quantity["units"] if max(abs(low), abs(high)) >= unit.get("from", 0))
    title = quantity["name"] + (f" ({shown_in['unit']})" if shown_in["unit"] else "")
    display = Show(Calculator(Input=scene, AttributeType="Cell Data", ResultArrayName=title, Function=f'"{name}" * {shown_in["factor"]!r}'), view)
    display.Representation = "Surface"
    ColorBy(display, ("CELLS", title))
    table = GetColorTransferFunction(title)
    colours = [rgb(colour) for colour in catalogue["colours"][quantity["colours"]]]
    display.LookupTable = table
    display.Ambient, display.Diffuse = 1, 0  # the colours of the bar, not shaded
    if field == "grain":
        steps = [(grain + side, colours[colour]) for grain, colour in enumerate(grain_colours(*neighbours(whole, name), len(colours))) for side in (-0.499, 0.499)]
        table.ColorSpace, table.RGBPoints = "RGB", [value for number, colour in steps for value in (number, *colour)]
        display.SetScalarBarVisibility(view, False)
        show_lines(view, boundaries(scene, name), frame)
        number = len(numpy.unique(vtk_to_numpy(servermanager.Fetch(scene).GetCellData().GetArray(name))))
        frame.write(view, f"{number} grain{'s' if number > 1 else ''}", PANEL / 2, frame.height - 90, 0.5)
    else:
        low, high = low * shown_in["factor"], high * shown_in["factor"]
        middle = (low + high) / 2 if one_value(low, high) else None
        low, high = limits(low, high, quantity.get("signed", False))
        only = None if middle is None else [min(max(middle, low), high)]
        parts = [i / (len(colours) - 1) for i in range(len(colours))]
        table.ColorSpace, table.RGBPoints = "RGB", [value for part, colour in zip(parts, colours) for value in (low + part * (high - low), *colour)]
        display.SetScalarBarVisibility(view, True)
        colour_bar(GetScalarBar(table, view), title, low, high, only, frame)
    frame.axes(view)
    show_inert(view, without, frame)
    frame.look(view)
    return view


def show_inert(view, parts, frame):
    """Phases in which a field does not exist: neutral, and named."""
    for part in parts.values():
        display = Show(part, view)
        display.Representation = "Surface"
        ColorBy(display, None)
        display.AmbientColor = display.DiffuseColor = NEUTRAL
        display.Ambient, display.Diffuse = 1, 0
    legend = [name for name, part in parts.items() if not frame.name_inside(view, name, part)]
    if legend:
        frame.legend(view, "grey: " + ", ".join(legend))


def colour_bar(bar, title, low, high, only, frame):
    """The bar from low to high with round numbers, or only those that are given."""
    bar.Title, bar.ComponentTitle = title, ""
    bar.Orientation, bar.WindowLocation = "Horizontal", "Any Location"
    bar.Position = [LEFT / PANEL, 1 - 125 / frame.height]
    bar.ScalarBarLength, bar.ScalarBarThickness = (PANEL - LEFT - RIGHT) / PANEL, 24
    bar.TitleFontSize, bar.LabelFontSize = TITLE, LABEL
    bar.TitleColor = bar.LabelColor = BLACK
    bar.UseCustomLabels, bar.CustomLabels, bar.AddRangeLabels = 1, only or round_numbers(low, high), 0
    decimals = max(0, -math.floor(math.log10(round_step(low, high)) + 1e-9))
    bar.AutomaticLabelFormat, bar.LabelFormat = 0, "%.4g" if only else "%.1e" if max(abs(low), abs(high)) < SMALL else f"%.{decimals}f"
    use_font(bar, "Title", "Label")


def round_step(low, high, most=9):
    """1, 2 or 5 times a power of ten, such that a range has about four to nine multiples of it, and no more than are wanted."""
    rough = (high - low) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = power * max(factor for factor in (1, 2, 5) if factor * power <= rough)
    return next(step * factor for factor in (1, 2, 5, 10, 20, 50, 100) if (high - low) / (step * factor) <= max(most, 1))


def round_numbers(low, high, most=9):
    """The multiples of the round step in a range."""
    step = round_step(low, high, most)
    slack = 1e-6 * step
    return [i * step for i in range(math.ceil((low - slack) / step), math.floor((high + slack) / step) + 1)]


# Text

def font():
    """The file of a face like Helvetica, where fontconfig knows one; ParaView's own face otherwise."""
    try:
        file = subprocess.run(["fc-match", "-f", "%{file}", "Liberation Sans"], capture_output=True, text=True, check=True).stdout
        return file if file.endswith(".ttf") else None
    except (OSError, subprocess.CalledProcessError):
        return None


FONT = font()


def use_font(owner, *parts):
    """Sets the face of an object's texts, whose properties begin with their part's name."""
    if FONT is None:
        return
    for part in parts:
        prefix = f"{part}Label" if part in ("X", "Z") else part
        setattr(owner, f"{prefix}FontFamily", "File")
        setattr(owner, f"{prefix}FontFile", FONT)


def width(text):
    """Of a text over its font size, about: that of Helvetica."""
    return sum(0.25 if c in "ijl.,:;'|" else 0.31 if c in "ftr ()/[]-" else 0.85 if c in "mMW%" else 0.7 if c.isupper() or c == "w" else 0.556 for c in text)


def main():
    options = arguments()
    if not os.path.exists(options.collection):
        sys.exit(f"there is no file {options.collection}")
    with open(options.quantities, encoding="utf-8") as file:
        catalogue = json.load(file)
    unknown = [field for field in options.fields or [] if field not in catalogue["quantities"]]
    if unknown:
        sys.exit(f"{unknown[0]} is not known; known are {', '.join(catalogue['quantities'])}")
    whole = PVDReader(FileName=options.collection)
    times = whole.TimestepValues
    time = times[-1] if hasattr(times, "__len__") else times
    whole.UpdatePipeline(time)
    reader = without_voids(whole)
    reader.UpdatePipeline(time)
    fields = options.fields or usual_fields(reader)
    inert = {int(phase): name for phase, name in (entry.split("=", 1) for entry in options.inert)}

    bounds = reader.GetDataInformation().GetBounds()
    solid = bounds[3] > bounds[2]
    largest = max(bounds[1] - bounds[0], bounds[3] - bounds[2], bounds[5] - bounds[4])
    unit, per_metre = ("nm", 1e9) if largest < 2e-6 else ("µm", 1e6)
    stretch = (options.stretch or (2 if bounds[5] - bounds[4] < largest / 4 else 1)) if solid else 1
    scene = Transform(Input=reader)
    scene.Transform.Scale = [per_metre, per_metre, per_metre * stretch]
    if not options.plane and not solid:
        scene = Reflect(Input=scene, Plane="X Min", CopyInput=1)
    scene.UpdatePipeline(time)
    bounds = scene.GetDataInformation().GetBounds()
    frame = Block(bounds, unit, stretch) if solid else Frame(bounds, unit)

    size = [PANEL * len(fields), frame.height]
    layout = CreateLayout("picture")
    cell = 0
    for i, field in enumerate(fields):
        left = len(fields) - i
        if left > 1:
            layout.SplitHorizontal(cell, 1 / left)
        view = panel(whole, scene, frame, field, catalogue, inert)
        view.ViewTime = time
        AssignViewToLayout(view, layout, 2 * cell + 1 if left > 1 else cell)
        cell = 2 * cell + 2
        if i == 0:
            frame.write(view, f"t = {time:.4g} s" + (f", height × {stretch:g}" if stretch != 1 else ""), 20, 18)
    layout.SetSize(*size)
    SaveScreenshot(options.picture, layout, ImageResolution=size, SeparatorWidth=0, SeparatorColor=WHITE)


main()
