"""A picture for paper of the last state of a run.

    pvbatch picture.py DIR/vtk/NAME.pvd out.png [--fields x von_mises grain] [--plane] [--stretch 2] [--inert "1=layer"]

Side by side, one field per panel (x, von Mises stress and the grains, or the potential where there are no grains), with axes in nm or µm: a plate with its axis in the middle or, with --plane, a plane strip as it is. A film in three
dimensions is seen from above its front corner, a flat one with twice its height, a very tall one with less than its own (--stretch). What belongs to lithium is grey in phases without it (--inert). Names, units and colours are those of quantities.json. Made for ParaView 5.11; without a display run it under xvfb-run -a.
"""
import argparse
import heapq
import json
import math
import os
import sys

import numpy
from paraview import servermanager
from paraview.simple import (
    AssignViewToLayout, Calculator, ColorBy, CreateLayout, CreateView, ExtractSurface, GetColorTransferFunction, GetScalarBar, PVDReader, Reflect, SaveScreenshot,
    Show, Threshold, Transform)
from vtk.util.numpy_support import vtk_to_numpy

from frames import ABOVE, BLACK, Block, Frame, LABEL, LEFT, NEUTRAL, PANEL, RIGHT, SMALL, TALLEST, TITLE, WHITE, round_numbers, round_step, show_lines, use_font, width


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", help="the .pvd file")
    parser.add_argument("picture", help="the .png file to write")
    parser.add_argument("--fields", nargs="+", metavar="FIELD")
    parser.add_argument("--stretch", type=float, help="height over the true one; by default 2 for flat films in three dimensions, 1 for others, and less for what is more than three times as high as wide")
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


def bar_numbers(low, high, only):
    """The numbers along a bar, as few as keep apart from each other, their format, and the pixels across the longest."""
    def chosen(most):
        numbers = only or round_numbers(low, high, most)
        decimals = max(0, -math.floor(math.log10(round_step(low, high, most)) + 1e-9))
        label = "%.4g" if only else "%.1e" if max(abs(low), abs(high)) < SMALL else f"%.{decimals}f"
        return numbers, label, max(width(label % number) for number in numbers) * LABEL
    longest = chosen(9)[2]
    return chosen(min(9, (PANEL - LEFT - max(RIGHT, longest / 2 + 10)) / (longest + LABEL / 2)))


def colour_bar(bar, title, low, high, only, frame):
    """The bar from low to high with round numbers, or only those that are given."""
    bar.Title, bar.ComponentTitle = title, ""
    bar.Orientation, bar.WindowLocation = "Horizontal", "Any Location"
    bar.Position = [LEFT / PANEL, 1 - 125 / frame.height]
    numbers, label, longest = bar_numbers(low, high, only)
    bar.ScalarBarLength, bar.ScalarBarThickness = (PANEL - LEFT - max(RIGHT, longest / 2 + 10)) / PANEL, 24
    bar.TitleFontSize, bar.LabelFontSize = TITLE, LABEL
    bar.TitleColor = bar.LabelColor = BLACK
    bar.UseCustomLabels, bar.CustomLabels, bar.AddRangeLabels = 1, numbers, 0
    bar.AutomaticLabelFormat, bar.LabelFormat = 0, label
    use_font(bar, "Title", "Label")


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
    height, across = bounds[5] - bounds[4], max(bounds[3] - bounds[2], (bounds[1] - bounds[0]) * (1 if solid or options.plane else 2))
    stretch = options.stretch or (2 if solid and height < largest / 4 else min(1, TALLEST * across / height))
    scene = Transform(Input=reader)
    scene.Transform.Scale = [per_metre, per_metre, per_metre * stretch]
    if not options.plane and not solid:
        scene = Reflect(Input=scene, Plane="X Min", CopyInput=1)
    scene.UpdatePipeline(time)
    bounds = scene.GetDataInformation().GetBounds()
    frame = (Block if solid else Frame)(bounds, unit, stretch)

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
            frame.write(view, f"t = {time:.4g} s" + (f", height × {stretch:.3g}" if solid and stretch != 1 else ""), 20, 18)
    layout.SetSize(*size)
    SaveScreenshot(options.picture, layout, ImageResolution=size, SeparatorWidth=0, SeparatorColor=WHITE)


main()
