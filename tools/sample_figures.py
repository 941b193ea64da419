"""The vector drawings of the sample portfolio's PDF files."""

from reportlab.graphics.charts.lineplots import LinePlot
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors

Line2D = list[tuple[float, float]]


def plot(series: list[Line2D], axes: tuple[float, ...], labels: str) -> Drawing:
    """A line plot; ``axes`` is x max, x step, y min, y max, y step; ``labels`` is "x|y"."""
    drawing, chart = Drawing(400, 200), LinePlot()
    chart.x, chart.y, chart.width, chart.height = 50, 40, 320, 140
    x_axis, y_axis, (x_label, y_label) = chart.xValueAxis, chart.yValueAxis, labels.split("|")
    x_axis.valueMin, x_axis.valueMax, x_axis.valueStep = 0, *axes[:2]
    y_axis.valueMin, y_axis.valueMax, y_axis.valueStep = axes[2:]
    chart.data = series
    for number in range(len(series)):
        chart.lines[number].strokeColor = (colors.black, colors.steelblue)[number % 2]
    drawing.add(chart)
    drawing.add(String(210, 8, x_label, fontSize=9, textAnchor="middle"))
    drawing.add(String(50, 188, y_label, fontSize=9))
    return drawing


def section_view() -> Drawing:
    """A schematic cross-section of a pack floor: cells, adhesive, plate and channels."""
    drawing = Drawing(400, 170)
    for number in range(4):
        drawing.add(Rect(40 + number * 70, 60, 64, 90, fillColor=colors.whitesmoke))
        drawing.add(String(72 + number * 70, 102, "cell 10", fontSize=9, textAnchor="middle"))
        drawing.add(Rect(46 + number * 70, 28, 50, 14, fillColor=colors.lightblue))
    drawing.add(Rect(36, 52, 282, 8, fillColor=colors.grey))
    drawing.add(Rect(36, 42, 282, 10, fillColor=colors.lightgrey))
    drawing.add(Line(36, 24, 318, 24))
    for height, text in ((54, "adhesive 12"), (44, "flat sheet 14"), (30, "channel 16")):
        drawing.add(String(326, height, text, fontSize=9))
    return drawing


def figure(name: str) -> Drawing:
    """The vector drawing that a source file names after ``!figure``."""
    if name == "section":
        return section_view()
    if name == "swelling":
        first: Line2D = [(0, 11), (5, 15), (10, 18), (15, 24), (20, 31)]
        late: Line2D = [(0, 13), (5, 18), (10, 23), (15, 34), (20, 47)]
        labels = "Composite content (wt%)|Swelling (%): lower line 1st, upper line 200th charge"
        return plot([first, late], (20, 5, 0, 50, 10), labels)
    curve: Line2D = [
        (0, 0.4),
        (0.5, 2.6),
        (2, 3.0),
        (4, 3.2),
        (5, 3.16),
        (7, 3.42),
        (11, 3.6),
        (13, 3.7),
        (15, 3.66),
        (16, 3.8),
        (17.5, 4.0),
        (19, 3.97),
    ]
    return plot([curve], (20, 5, 0, 4.5, 0.5), "Time (h)|Cell voltage (V)")
