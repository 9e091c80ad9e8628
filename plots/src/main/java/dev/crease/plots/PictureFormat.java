package dev.crease.plots;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The kinds of files that a picture can be written to. */
public enum PictureFormat {
  /** Scalable Vector Graphics, as text. */
  SVG {
    @Override
    public byte[] render(Picture picture) {
      return picture.svg().getBytes(StandardCharsets.UTF_8);
    }
  },

  /** Portable Network Graphics, with two pixels for each unit of length of the SVG. */
  PNG {
    @Override
    public byte[] render(Picture picture) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        ImageIO.write(picture.image(PNG_SCALE), "png", bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("a picture cannot be written to memory", e);
      }
      return bytes.toByteArray();
    }
  };

  private static final double PNG_SCALE = 2;

  /** The bytes of the file; the same for the same picture. */
  public abstract byte[] render(Picture picture);

  /** How names of such files end, with the dot. */
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /** The format that the ending of a file's name asks for; empty if it is none of these. */
  public static Optional<PictureFormat> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> name.endsWith(format.extension())).findFirst();
  }
}
