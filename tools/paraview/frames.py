"""Where things lie in a panel of picture.py, and what is written beside them."""
import itertools
import math
import subprocess

import numpy
from paraview import servermanager, vtk
from paraview.simple import CellCenters, Show, Text, TrivialProducer
from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkRenderingCore import vtkTextProperty, vtkTextRenderer

PANEL = 800  # pixels across
LEFT, RIGHT, ABOVE, BELOW = 130, 50, 225, 120  # pixels around the field, for axes and colour bar
TITLE, LABEL = 32, 28  # font sizes
TICK = 10  # pixels
TALLEST = 3  # height of what is drawn over its width
MEASURED, DPI = 280, 72  # font size at which texts are measured, and the resolution of a view, at which a font size is one in pixels
SMALL = 1e-4  # numbers along a bar below this have a power of ten, not many zeros
BLACK, GREY, NEUTRAL, WHITE = [0, 0, 0], [0.33, 0.33, 0.33], [0.66, 0.66, 0.66], [1, 1, 1]  # no grain has the neutral one


class Frame:
    """A section: all of a panel's width, and the height that belongs to it."""

    def __init__(self, bounds, unit, stretch):
        self.x, self.z, self.unit, self.stretch = (bounds[0], bounds[1]), (bounds[4], bounds[5]), unit, stretch
        self.scale = (PANEL - LEFT - RIGHT) / (bounds[1] - bounds[0])
        self.height = round(self.scale * (bounds[5] - bounds[4])) + ABOVE + BELOW
        self.sight = [0, -1, 0]
        self.upright = f"z ({unit})" + (f", height × {stretch:.3g}" if stretch != 1 else "")

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
        grid.DataScale = [1, 1, self.stretch]
        grid.XAxisLabels = round_numbers(*self.x)
        grid.ZAxisLabels = round_numbers(*(z / self.stretch for z in self.z), most=self.scale * (self.z[1] - self.z[0]) / (1.2 * LABEL))
        grid.XLabelColor = grid.ZLabelColor = grid.GridColor = BLACK
        grid.XLabelFontSize = grid.ZLabelFontSize = LABEL
        use_font(grid, "X", "Z")
        middle, right, above = (LEFT + PANEL - RIGHT) / 2, PANEL - RIGHT, self.height - ABOVE + 20
        self.write(view, f"r ({self.unit})" if self.x[0] < 0 else f"x ({self.unit})", middle, 18, 0.5)
        self.write(view, self.upright, 20, above)
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
        left = max(LEFT + 10, 40 + width(self.upright) * TITLE)
        if left + width(text) * LABEL + 20 < PANEL - RIGHT - width("electrolyte side") * TITLE:
            self.write(view, text, left, self.height - ABOVE + 20, size=LABEL)

    def write(self, view, text, x, y, align=0.0, colour=BLACK, size=TITLE):
        """Text at pixels from the panel's lower left corner, which are its left end, its middle (align = 0.5) or its right end (1), or as near as keeps it inside the panel."""
        across = width(text) * size
        x = max(2, min(x - align * across, PANEL - across - 2))
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
            if name == "z" and y1 - y0 < 1.2 * LABEL:
                numbers = numbers[-1:]  # of a very flat film the upper one alone: the lower one would stand on it
            for number in numbers:
                tick = start[:axis] + [number * factor] + start[axis + 1:]
                tip = [t + TICK / self.scale * o for t, o in zip(tick, outwards)]
                lines.append((tick, tip))
                x, y = self.place(tip)
                lift = 0.4 * LABEL if name == "z" and number == numbers[0] else 0  # clear of the last number along y
                self.write(view, f"{number:.4g}", x + 6 - 12 * align, y + lift - drop * 0.8 * LABEL, align, size=LABEL)
            # The axis' name beyond its numbers, at the middle of the edge.
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            far = 20 + width(f"{high[axis]:.4g}") * LABEL
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


# Numbers

def round_step(low, high, most=9):
    """1, 2 or 5 times a power of ten, such that a range has about four to nine multiples of it, and no more than are wanted."""
    rough = (high - low) / 4
    power = 10 ** math.floor(math.log10(rough))
    # A logarithm rounded up makes the power of ten the least bit larger than what it was taken of.
    step = power * max(factor for factor in (1, 2, 5) if factor * power <= rough * (1 + 1e-9))
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
    """Of a text over its font size, in the face that is used; measured large, so that whole pixels say it well enough."""
    measured, box = vtkTextProperty(), [0, 0, 0, 0]
    measured.SetFontSize(MEASURED)
    if FONT is not None:
        measured.SetFontFamily(vtk.VTK_FONT_FILE)
        measured.SetFontFile(FONT)
    vtkTextRenderer.GetInstance().GetBoundingBox(measured, text, box, DPI)
    return (box[1] - box[0] + 1) / MEASURED
