package dev.crease.plots;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What the signs mean, in rows that fill from the left. */
final class Legend {

  private static final double ROW = 24;
  private static final double SIGN = 30;
  private static final double GAP = 16;
  // An estimate, since viewers choose the font.
  private static final double LETTER = 0.52;
  private static final Lettering TEXT = Lettering.of(13, Lettering.Anchor.START);

  /** Draws a sign around a point. */
  interface Sign {
    void draw(Canvas canvas, double x, double y);
  }

  private record Entry(Sign sign, String text) {}

  private record Placed(Entry entry, double x, double y) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(Sign sign, String text) {
    entries.add(new Entry(sign, text));
  }

  /** A sign that is a line. */
  static Sign line(Pen pen) {
    return (canvas, x, y) -> canvas.stroke(new Line2D.Double(x - 14, y, x + 14, y), pen);
  }

  /** A sign that is a small area. */
  static Sign area(Color color) {
    return (canvas, x, y) -> canvas.fill(new Rectangle2D.Double(x - 10, y - 7, 20, 14), color);
  }

  double height(double width) {
    List<Placed> placed = placed(width);
    return placed.isEmpty() ? 0 : placed.get(placed.size() - 1).y + ROW;
  }

  private List<Placed> placed(double width) {
    List<Placed> placed = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (Entry entry : entries) {
      double needed = SIGN + 6 + LETTER * TEXT.size() * entry.text.length();
      if (x > 0 && x + needed > width) {
        x = 0;
        y += ROW;
      }
      placed.add(new Placed(entry, x, y));
      x += needed + GAP;
    }
    return placed;
  }

  void draw(Canvas canvas, double left, double top, double width) {
    for (Placed p : placed(width)) {
      double middle = top + p.y + ROW / 2;
      p.entry.sign.draw(canvas, left + p.x + SIGN / 2, middle);
      canvas.text(p.entry.text, left + p.x + SIGN + 6, middle + 4.5, TEXT);
    }
  }
}
