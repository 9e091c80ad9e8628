package dev.crease.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** A picture with everything at its place, ready to be drawn. */
interface Sheet {

  double width();

  double height();

  void draw(Canvas canvas);

  /** As an SVG document. */
  default String svg(String title) {
    SvgCanvas canvas = new SvgCanvas(width(), height(), title);
    draw(canvas);
    return canvas.finish();
  }

  /** As an image; needs no display. */
  default BufferedImage image(double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(width() * scale),
            (int) Math.ceil(height() * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(scale, scale);
      draw(new ImageCanvas(graphics));
    } finally {
      graphics.dispose();
    }
    return image;
  }
}
