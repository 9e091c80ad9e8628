package dev.crease.plots;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.function.Predicate;

/** The words and signs that maps over one input and over two have in common. */
final class SweepMarks {

  static final double LEGEND_SIGN = 4.5;

  private static final Color ZERO = new Color(0x666666);

  private SweepMarks() {}

  /** What was asked, and of how many centres. */
  static void words(Canvas canvas, SweepPicture picture, double left, double room) {
    double wide = Lettering.of(17, Lettering.Anchor.START).width(picture.title());
    double size = Math.max(12, 17 * Math.min(1, room / wide));
    canvas.text(picture.title(), left, 26, Lettering.of(size, Lettering.Anchor.START).asBold());
    canvas.text(picture.counted(), left, 47, Lettering.of(13, Lettering.Anchor.START));
  }

  /** No answer: a cross. */
  static void failed(Canvas canvas, double x, double y, double reach) {
    Path2D path = new Path2D.Double();
    path.moveTo(x - reach, y - reach);
    path.lineTo(x + reach, y + reach);
    path.moveTo(x - reach, y + reach);
    path.lineTo(x + reach, y - reach);
    canvas.stroke(path, Pen.solid(Style.WITNESS, Math.max(0.8, reach / 2.5)));
  }

  /** An answer that certifies nothing: a ring. */
  static void zero(Canvas canvas, double x, double y, double reach) {
    canvas.stroke(Marks.ring(x, y, reach), Pen.solid(ZERO, Math.max(0.6, reach / 4)));
  }

  /** An answer that may be too small: a dot. */
  static void open(Canvas canvas, double x, double y, double reach) {
    canvas.fill(Marks.ring(x, y, Math.max(1, 0.55 * reach)), Color.WHITE);
    canvas.fill(Marks.ring(x, y, Math.max(0.7, 0.35 * reach)), Color.BLACK);
  }

  /** An answer beyond which more is claimed: a triangle that points up. */
  static void claimed(Canvas canvas, double x, double y, double reach) {
    canvas.fill(triangle(x, y, Math.max(1.4, 0.8 * reach)), Color.WHITE);
    canvas.fill(triangle(x, y, Math.max(1, 0.5 * reach)), Color.BLACK);
  }

  private static Path2D triangle(double x, double y, double reach) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y - reach);
    path.lineTo(x + reach, y + 0.8 * reach);
    path.lineTo(x - reach, y + 0.8 * reach);
    path.closePath();
    return path;
  }

  /**
   * How an answer is not the last word, if it is not: more is claimed, or it was stopped before.
   */
  static void unfinished(Canvas canvas, SweepPicture.Spot spot, double x, double y, double reach) {
    if (spot.isClaimed()) {
      claimed(canvas, x, y, reach);
    } else if (isOpen(spot)) {
      open(canvas, x, y, reach);
    }
  }

  private static boolean isOpen(SweepPicture.Spot spot) {
    return spot.state() == SweepPicture.State.OPEN && !spot.isClaimed();
  }

  /** What the signs that are there mean. */
  static void legend(Legend entries, SweepPicture picture) {
    List<SweepPicture.Spot> spots = picture.spots();
    add(entries, spots, SweepPicture.Spot::isZero, SweepMarks::zero, "nothing certified");
    add(
        entries,
        spots,
        SweepPicture.Spot::isClaimed,
        SweepMarks::claimed,
        "claimed to be larger: not proved");
    add(entries, spots, SweepMarks::isOpen, SweepMarks::open, "stopped before: may be larger");
    add(entries, spots, SweepPicture.Spot::isFailed, SweepMarks::failed, "failed: no answer");
  }

  private interface Sign {
    void draw(Canvas canvas, double x, double y, double reach);
  }

  private static void add(
      Legend entries,
      List<SweepPicture.Spot> spots,
      Predicate<SweepPicture.Spot> has,
      Sign sign,
      String text) {
    if (spots.stream().anyMatch(has)) {
      entries.add((canvas, x, y) -> sign.draw(canvas, x, y, LEGEND_SIGN), text);
    }
  }
}
