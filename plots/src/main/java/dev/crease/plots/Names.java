package dev.crease.plots;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Signs of points in a panel, and their names where these hide neither a sign nor a name. */
final class Names {

  private static final Lettering RIGHT =
      Lettering.of(14, Lettering.Anchor.START).asBold().withHalo();
  private static final Lettering LEFT = Lettering.of(14, Lettering.Anchor.END).asBold().withHalo();
  private static final double SIGN = 5.5;
  private static final double ASIDE = 9;
  private static final double[] ABOVE_BELOW = {-8, 16};

  private final Canvas canvas;
  private final Frame frame;
  private final List<Rectangle2D> taken = new ArrayList<>();

  Names(Canvas canvas, Frame frame) {
    this.canvas = canvas;
    this.frame = frame;
  }

  /** Draws a sign, if its point is in the panel; all signs come before names. */
  void sign(Legend.Sign sign, double[] point) {
    if (frame.shows(point)) {
      double x = frame.px(point[0]);
      double y = frame.py(point[1]);
      sign.draw(canvas, x, y);
      taken.add(new Rectangle2D.Double(x - SIGN, y - SIGN, 2 * SIGN, 2 * SIGN));
    }
  }

  /** Names a point: above or below as asked, to the right, unless that hides something. */
  void name(String text, double[] point, boolean above) {
    if (!frame.shows(point)) {
      return;
    }
    double x = frame.px(point[0]);
    double y = frame.py(point[1]);
    Place best = new Place(text, x + ASIDE, y + ABOVE_BELOW[above ? 0 : 1], RIGHT);
    double fewest = Double.POSITIVE_INFINITY;
    for (Lettering side : List.of(RIGHT, LEFT)) {
      for (int i = 0; i < 2; i++) {
        Place place =
            new Place(
                text,
                side.equals(RIGHT) ? x + ASIDE : x - ASIDE,
                y + ABOVE_BELOW[above ? i : 1 - i],
                side);
        double hidden =
            (frame.box().contains(place.box()) ? 0 : taken.size() + 1)
                + taken.stream().filter(place.box()::intersects).count();
        if (hidden < fewest) {
          fewest = hidden;
          best = place;
        }
      }
    }
    taken.add(best.box());
    canvas.text(text, best.x, best.y, best.lettering);
  }

  private record Place(String text, double x, double y, Lettering lettering) {

    Rectangle2D box() {
      double width = lettering.width(text);
      double left = lettering.equals(RIGHT) ? x : x - width;
      return new Rectangle2D.Double(left, y - 0.75 * lettering.size(), width, lettering.size());
    }
  }
}
