package dev.crease.plots;

import dev.crease.plots.chart.Markup;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;

/**
 * Writes SVG. Coordinates are rounded to hundredths of a pixel and written relative to the point
 * before, so that thousands of polygons stay small.
 */
final class SvgCanvas implements Canvas {

  private static final double GRID = 100;

  private final StringBuilder out = new StringBuilder();
  private int clips;

  SvgCanvas(double width, double height, String title) {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\" viewBox=\"0 0 ")
        .append(number(width))
        .append(' ')
        .append(number(height))
        .append("\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\"")
        .append(" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n<title>")
        .append(Markup.text(title))
        .append("</title>\n");
  }

  /** The whole document. */
  String finish() {
    return out + "</svg>\n";
  }

  @Override
  public void group(String name, Runnable content) {
    out.append("<g id=\"").append(name).append("\">\n");
    content.run();
    out.append("</g>\n");
  }

  @Override
  public void clip(Rectangle2D box, Runnable content) {
    String id = "clip-" + clips++;
    out.append("<clipPath id=\"").append(id).append("\"><path d=\"");
    path(box);
    out.append("\"/></clipPath>\n<g clip-path=\"url(#").append(id).append(")\">\n");
    content.run();
    out.append("</g>\n");
  }

  @Override
  public void fill(Shape shape, Color color) {
    out.append("<path");
    color("fill", color);
    data(shape);
  }

  @Override
  public void fillWithRim(Shape shape, Color color, double width) {
    out.append("<path");
    color("fill", color);
    color("stroke", color);
    out.append(" stroke-width=\"").append(number(width)).append('"');
    data(shape);
  }

  @Override
  public void stroke(Shape shape, Pen pen) {
    out.append("<path fill=\"none\"");
    color("stroke", pen.color());
    out.append(" stroke-width=\"").append(number(pen.width())).append('"');
    if (pen.dashed()) {
      out.append(" stroke-linecap=\"butt\" stroke-dasharray=\"");
      for (int i = 0; i < Pen.DASHES.length; i++) {
        out.append(i == 0 ? "" : " ").append(number(Pen.DASHES[i]));
      }
      out.append('"');
    }
    data(shape);
  }

  @Override
  public void text(String text, double x, double y, Lettering lettering) {
    out.append("<text");
    if (lettering.upright()) {
      out.append(" x=\"").append(number(x)).append("\" y=\"").append(number(y)).append('"');
    } else {
      out.append(" transform=\"translate(")
          .append(number(x))
          .append(' ')
          .append(number(y))
          .append(") rotate(-90)\"");
    }
    out.append(" font-size=\"").append(number(lettering.size())).append('"');
    if (lettering.bold()) {
      out.append(" font-weight=\"bold\"");
    }
    switch (lettering.anchor()) {
      case START -> {}
      case MIDDLE -> out.append(" text-anchor=\"middle\"");
      case END -> out.append(" text-anchor=\"end\"");
    }
    if (lettering.halo()) {
      out.append(" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
    }
    out.append('>').append(Markup.text(text)).append("</text>\n");
  }

  private void color(String attribute, Color color) {
    out.append(' ')
        .append(attribute)
        .append("=\"#")
        .append(Integer.toHexString(color.getRGB() | 0xff000000).substring(2))
        .append('"');
    if (color.getAlpha() < 255) {
      out.append(' ')
          .append(attribute)
          .append("-opacity=\"")
          .append(number(color.getAlpha() / 255.0))
          .append('"');
    }
  }

  private void data(Shape shape) {
    out.append(" d=\"");
    path(shape);
    out.append("\"/>\n");
  }

  private void path(Shape shape) {
    double[] c = new double[6];
    long x = 0;
    long y = 0;
    long startX = 0;
    long startY = 0;
    for (PathIterator it = shape.getPathIterator(null); !it.isDone(); it.next()) {
      int kind = it.currentSegment(c);
      switch (kind) {
        case PathIterator.SEG_CLOSE -> {
          out.append('z');
          x = startX;
          y = startY;
        }
        case PathIterator.SEG_MOVETO -> {
          pairs('m', c, 1, x, y);
          x = onGrid(c[0]);
          y = onGrid(c[1]);
          startX = x;
          startY = y;
        }
        case PathIterator.SEG_LINETO -> {
          // Shorter than the grid can tell.
          if (onGrid(c[0]) != x || onGrid(c[1]) != y) {
            pairs('l', c, 1, x, y);
          }
          x = onGrid(c[0]);
          y = onGrid(c[1]);
        }
        case PathIterator.SEG_QUADTO -> {
          pairs('q', c, 2, x, y);
          x = onGrid(c[2]);
          y = onGrid(c[3]);
        }
        default -> {
          pairs('c', c, 3, x, y);
          x = onGrid(c[4]);
          y = onGrid(c[5]);
        }
      }
    }
  }

  private void pairs(char command, double[] c, int count, long x, long y) {
    out.append(command);
    for (int i = 0; i < 2 * count; i++) {
      String value = number((onGrid(c[i]) - (i % 2 == 0 ? x : y)) / GRID);
      // A minus sign separates as well as a blank does.
      out.append(i > 0 && !value.startsWith("-") ? " " : "").append(value);
    }
  }

  private static long onGrid(double value) {
    return Math.round(value * GRID);
  }

  private static String number(double value) {
    long hundredths = onGrid(value);
    long size = Math.abs(hundredths);
    StringBuilder text = new StringBuilder(hundredths < 0 ? "-" : "");
    if (size >= 100 || size == 0) {
      text.append(size / 100);
    }
    if (size % 100 != 0) {
      text.append('.').append(size / 10 % 10);
      if (size % 10 != 0) {
        text.append(size % 10);
      }
    }
    return text.toString();
  }
}
