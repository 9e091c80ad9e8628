package dev.crease.plots;

import dev.crease.bounds.Interval;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * Colours for radii, from 0 to the largest: those of matplotlib's viridis (van der Walt and Smith,
 * 2015), whose lightness grows evenly, so that people of every colour vision, and grey prints, keep
 * the order.
 *
 * @param limit of the lightest colour; above 0
 * @param capped whether the largest radius is as far as was looked
 */
record RadiusScale(double limit, boolean capped) {

  private static final int[] VIRIDIS = {
    0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
    0xfde725
  };
  private static final int STEPS = 96;
  private static final double BAR = 18;
  private static final double CLOSE = 16;
  private static final Pen LINE = Pen.solid(new Color(0x333333), 1);

  /** A scale for some radii, of which one is the largest. */
  static RadiusScale of(double largest, double maxRadius) {
    return new RadiusScale(largest > 0 ? largest : 1, largest >= maxRadius);
  }

  Color color(double radius) {
    double at = Math.max(0, Math.min(1, radius / limit)) * (VIRIDIS.length - 1);
    int stop = Math.min(VIRIDIS.length - 2, (int) at);
    Color from = new Color(VIRIDIS[stop]);
    Color to = new Color(VIRIDIS[stop + 1]);
    double t = at - stop;
    return new Color(
        between(from.getRed(), to.getRed(), t),
        between(from.getGreen(), to.getGreen(), t),
        between(from.getBlue(), to.getBlue(), t));
  }

  private static int between(int from, int to, double t) {
    return (int) Math.round(from + t * (to - from));
  }

  /** Draws the scale on the right of something. */
  void bar(Canvas canvas, Rectangle2D beside) {
    bar(canvas, beside, "certified radius");
  }

  /** The same, with what the numbers are. */
  void bar(Canvas canvas, Rectangle2D beside, String what) {
    double x = beside.getMaxX() + 26;
    double bottom = beside.getMaxY();
    double height = beside.getHeight();
    double step = height / STEPS;
    for (int i = 0; i < STEPS; i++) {
      double rim = i + 1 < STEPS ? 0.3 : 0;
      canvas.fill(
          new Rectangle2D.Double(x, bottom - (i + 1) * step - rim, BAR, step + rim),
          color((i + 0.5) / STEPS * limit));
    }
    canvas.stroke(new Rectangle2D.Double(x, bottom - height, BAR, height), LINE);
    mark(canvas, beside, limit, (capped ? "\u2265 " : "") + Ticks.label(limit));
    Ticks ticks = Ticks.of(new Interval(0, limit), Math.max(1, (int) (height / 45)));
    for (int i = 0; i < ticks.values().size(); i++) {
      // What is too near to the largest would be written over it.
      if (height * (1 - ticks.values().get(i) / limit) >= CLOSE) {
        mark(canvas, beside, ticks.values().get(i), ticks.labels().get(i));
      }
    }
    canvas.text(
        what, x - 14, beside.getY() - 14, Lettering.of(13, Lettering.Anchor.START).asBold());
  }

  private void mark(Canvas canvas, Rectangle2D beside, double value, String label) {
    double x = beside.getMaxX() + 26 + BAR;
    double y = beside.getMaxY() - beside.getHeight() * (value / limit);
    canvas.stroke(new Line2D.Double(x, y, x + 5, y), LINE);
    canvas.text(label, x + 9, y + 4, Lettering.of(12, Lettering.Anchor.START));
  }
}
