package dev.crease.formats;

import dev.crease.BadInput;
import dev.crease.formats.nnet.NnetReader;
import dev.crease.formats.onnx.ExternalData;
import dev.crease.formats.onnx.OnnxFile;
import dev.crease.formats.onnx.OnnxReader;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceFile;
import dev.crease.formats.weights.WeightsReader;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Reads a network from a file: ONNX ({@code .onnx}), NNet ({@code .nnet}) or plain weights in JSON
 * ({@code .json}), each also packed with gzip ({@code .onnx.gz}). The extension decides; a file
 * with another extension is recognised by how it begins.
 *
 * <p>The network is the function of the exact real numbers that the file holds. Where a format asks
 * for a number that is not a double, such as {@code 1/3}, the reading says so in a {@linkplain
 * ReadNetwork#notes() note}; see the package for the list. The network is named after the file
 * without its extension.
 *
 * <p>Every failure is a {@link BadInput}, or a {@link dev.crease.Unsupported} for something that is
 * refused on purpose, with one line that names the file, the place and the remedy.
 */
public final class NetworkFiles {

  private static final long DEFAULT_LIMIT = 512L << 20;
  private static final int SNIFFED = 256;
  private static final String PACKED = ".gz";
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  /** Larger values of neurons leave no room to work with. */
  private static final double LARGEST_VALUE = 1e300;

  private NetworkFiles() {}

  /**
   * The network in a file.
   *
   * @throws BadInput if the file cannot be read or its content is wrong
   * @throws dev.crease.Unsupported if it holds something that is refused on purpose
   */
  public static ReluNetwork read(Path path) {
    return readWithNotes(path).network();
  }

  /**
   * The network in a file, and notes on the reading.
   *
   * @throws BadInput if the file cannot be read or its content is wrong
   * @throws dev.crease.Unsupported if it holds something that is refused on purpose
   */
  public static ReadNetwork readWithNotes(Path path) {
    return readWithNotes(path, ReadOptions.standard());
  }

  /**
   * The network in a file that may hold several, and notes on the reading.
   *
   * @throws BadInput if the file cannot be read or its content is wrong, or it has no value of a
   *     name in the options
   * @throws dev.crease.Unsupported if it holds something that is refused on purpose
   */
  public static ReadNetwork readWithNotes(Path path, ReadOptions options) {
    return readWithNotes(path, options, DEFAULT_LIMIT);
  }

  static ReadNetwork readWithNotes(Path path, ReadOptions options, long limit) {
    String fileName = path.getFileName() == null ? "" : path.getFileName().toString();
    boolean isPacked = fileName.toLowerCase(Locale.ROOT).endsWith(PACKED);
    String unpacked =
        isPacked ? fileName.substring(0, fileName.length() - PACKED.length()) : fileName;
    int dot = unpacked.lastIndexOf('.');
    SourceFile file =
        new SourceFile(path.toString(), dot > 0 ? unpacked.substring(0, dot) : unpacked);
    String extension = dot < 0 ? "" : unpacked.substring(dot + 1).toLowerCase(Locale.ROOT);
    try {
      byte[] content = content(file, path, limit);
      if (isPacked) {
        content = unpacked(file, content, limit);
      }
      refuseStandIn(file, content);
      ExternalData external = ExternalData.beside(file, path);
      ReadNetwork read =
          switch (extension) {
            case "onnx" -> OnnxReader.read(file, content, external, options);
            case "nnet" -> ofLayers(file, options, new NnetReader(file).read(content));
            case "json" -> ofLayers(file, options, new WeightsReader(file).read(content));
            default -> {
              OtherFormat.refuse(file, extension, content);
              yield readByContent(file, content, external, options);
            }
          };
      refuseOverflow(file, read.network());
      return read;
    } catch (OutOfMemoryError e) {
      // What was read is let go of, so that there is memory again.
      throw new BadInput(
          file.bad(
                  "reading it needs more memory than the "
                      + (Runtime.getRuntime().maxMemory() >> 20)
                      + " MB that Java has; give it more (-Xmx), or use a smaller network")
              .getMessage(),
          e);
    }
  }

  /** Refuses weights so large that the values of neurons are no doubles even near the origin. */
  private static void refuseOverflow(SourceFile file, ReluNetwork network) {
    double[] most = new double[network.inputs()];
    Arrays.fill(most, 1);
    for (int k = 0; k < network.layers().size(); k++) {
      Layer layer = network.layers().get(k);
      double[] next = new double[layer.outputs()];
      for (int i = 0; i < next.length; i++) {
        next[i] = Math.abs(layer.bias(i));
        Matrix w = layer.weights();
        for (int entry = w.start(i); entry < w.end(i); entry++) {
          next[i] += Math.abs(w.stored(entry)) * most[w.column(i, entry)];
        }
        if (!(next[i] <= LARGEST_VALUE)) {
          throw file.bad(
              "layer "
                  + k
                  + ": for inputs between -1 and 1 the values of neuron "
                  + i
                  + " may reach "
                  + next[i]
                  + ", next to or beyond the largest double; check the weights, or rescale them");
        }
      }
      most = next;
    }
  }

  private static byte[] content(SourceFile file, Path path, long limit) {
    BasicFileAttributes attributes = attributes(file, path);
    if (attributes.isDirectory()) {
      throw file.bad("this is a directory; name a file (.onnx, .nnet or .json)");
    }
    if (!Files.isReadable(path)) {
      throw file.bad("the file cannot be read; check its permissions");
    }
    if (!attributes.isRegularFile()) {
      throw file.bad("this is a device or a pipe; save the network to a file first");
    }
    byte[] content;
    try {
      long size = Files.size(path);
      if (size > limit) {
        throw file.bad(
            "the file has "
                + size
                + " bytes, and "
                + limit
                + " is the most that is read; use a smaller network");
      }
      content = Files.readAllBytes(path);
    } catch (IOException e) {
      throw refusal(file, "the file could not be read to its end; check the disk and try again", e);
    }
    if (content.length == 0) {
      throw file.bad("the file is empty; export or copy the network again");
    }
    return content;
  }

  private static BasicFileAttributes attributes(SourceFile file, Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw refusal(
          file,
          Files.isSymbolicLink(path)
              ? "this is a link to a file that is not there; correct the link"
              : "there is no such file; check the path",
          e);
    } catch (AccessDeniedException e) {
      throw refusal(file, "the file cannot be read; check the permissions of its folder", e);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "" : " (" + e.getReason() + ")";
      throw refusal(
          file,
          Files.isSymbolicLink(path)
              ? "this is a link that leads nowhere" + reason + "; correct the link"
              : "there is no way to the file" + reason + "; check the path",
          e);
    } catch (IOException e) {
      throw refusal(file, "the file cannot be read; check the path", e);
    }
  }

  private static BadInput refusal(SourceFile file, String message, Exception cause) {
    return new BadInput(file.bad(message).getMessage(), cause);
  }

  /** A pointer or a web page often lies where the download of a network should be. */
  private static void refuseStandIn(SourceFile file, byte[] content) {
    String start = start(content);
    if (start.startsWith("version https://git-lfs")) {
      throw file.bad("this is a Git LFS pointer, not the network; fetch it with 'git lfs pull'");
    }
    String lower = start.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      throw file.bad("this is a web page, not a network; download the network file itself");
    }
  }

  private static ReadNetwork readByContent(
      SourceFile file, byte[] content, ExternalData external, ReadOptions options) {
    String start = start(content).stripLeading();
    if (start.startsWith("{")) {
      return ofLayers(file, options, new WeightsReader(file).read(content));
    }
    if (start.startsWith("//")) {
      return ofLayers(file, options, new NnetReader(file).read(content));
    }
    if (OnnxFile.looksLikeModel(content)) {
      return OnnxReader.read(file, content, external, options);
    }
    throw file.bad(
        "this is not a network file that is known: ONNX (.onnx), NNet (.nnet) or weights in JSON"
            + " (.json); export the network to one of them");
  }

  /** A network of a format that has one input and one output without names. */
  private static ReadNetwork ofLayers(SourceFile file, ReadOptions options, ReadNetwork read) {
    if (!options.inputs().isEmpty() || options.output().isPresent()) {
      throw file.bad(
          "only an ONNX graph has inputs and outputs with names; leave --input and --output away");
    }
    return read;
  }

  private static byte[] unpacked(SourceFile file, byte[] content, long limit) {
    int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      byte[] unpacked = in.readNBytes(most);
      if (in.read() >= 0) {
        throw file.bad(
            "unpacked the file has more than "
                + limit
                + " bytes, the most that is read; use a smaller network");
      }
      return unpacked;
    } catch (IOException e) {
      throw refusal(file, "this is no whole gzip file; copy or pack it again", e);
    }
  }

  private static String start(byte[] content) {
    String start =
        new String(content, 0, Math.min(content.length, SNIFFED), StandardCharsets.ISO_8859_1);
    return start.startsWith(BYTE_ORDER_MARK) ? start.substring(BYTE_ORDER_MARK.length()) : start;
  }
}
