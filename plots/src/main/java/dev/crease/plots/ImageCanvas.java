package dev.crease.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;

/** Draws with Java 2D; needs no display. */
final class ImageCanvas implements Canvas {

  private final Graphics2D graphics;

  ImageCanvas(Graphics2D graphics) {
    this.graphics = graphics;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  @Override
  public void group(String name, Runnable content) {
    content.run();
  }

  @Override
  public void clip(Rectangle2D box, Runnable content) {
    Shape before = graphics.getClip();
    graphics.clip(box);
    content.run();
    graphics.setClip(before);
  }

  @Override
  public void fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  @Override
  public void fillWithRim(Shape shape, Color color, double width) {
    fill(shape, color);
    stroke(shape, Pen.solid(color, width));
  }

  @Override
  public void stroke(Shape shape, Pen pen) {
    graphics.setColor(pen.color());
    graphics.setStroke(
        pen.dashed()
            ? new BasicStroke(
                (float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, Pen.DASHES, 0)
            : new BasicStroke((float) pen.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  @Override
  public void text(String text, double x, double y, Lettering lettering) {
    if (text.isEmpty()) {
      return;
    }
    Font font =
        new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) lettering.size());
    // Outlines, so that the letters look the same at every scale.
    TextLayout layout = new TextLayout(text, font, graphics.getFontRenderContext());
    double shift =
        switch (lettering.anchor()) {
          case START -> 0;
          case MIDDLE -> -layout.getAdvance() / 2;
          case END -> -layout.getAdvance();
        };
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    if (!lettering.upright()) {
      place.quadrantRotate(-1);
    }
    place.translate(shift, 0);
    Shape letters = layout.getOutline(place);
    if (lettering.halo()) {
      stroke(letters, Pen.solid(Color.WHITE, 3));
    }
    fill(letters, Color.BLACK);
  }
}
