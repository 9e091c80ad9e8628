package dev.crease.formats;

import dev.crease.BadInput;
import dev.crease.network.ReluNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads a network from a file: ONNX ({@code .onnx}), NNet ({@code .nnet}) or plain weights in JSON
 * ({@code .json}). The extension decides; a file with another extension is recognised by how it
 * begins.
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
    return readWithNotes(path, DEFAULT_LIMIT);
  }

  static ReadNetwork readWithNotes(Path path, long limit) {
    String fileName = path.getFileName() == null ? "" : path.getFileName().toString();
    int dot = fileName.lastIndexOf('.');
    SourceFile file =
        new SourceFile(path.toString(), dot > 0 ? fileName.substring(0, dot) : fileName);
    String extension = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    byte[] content = content(file, path, limit);
    refuseStandIn(file, content);
    return switch (extension) {
      case "onnx" -> OnnxReader.read(file, content);
      case "nnet" -> new NnetReader(file).read(content);
      case "json" -> new WeightsReader(file).read(content);
      default -> readByContent(file, content);
    };
  }

  private static byte[] content(SourceFile file, Path path, long limit) {
    if (Files.notExists(path)) {
      throw file.bad("there is no such file; check the path");
    }
    if (Files.isDirectory(path)) {
      throw file.bad("this is a directory; name a file (.onnx, .nnet or .json)");
    }
    if (!Files.isReadable(path)) {
      throw file.bad("the file cannot be read; check its permissions");
    }
    if (!Files.isRegularFile(path)) {
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
      throw new BadInput(
          file.bad("the file could not be read to its end; check the disk and try again")
              .getMessage(),
          e);
    }
    if (content.length == 0) {
      throw file.bad("the file is empty; export or copy the network again");
    }
    return content;
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

  private static ReadNetwork readByContent(SourceFile file, byte[] content) {
    String start = start(content).stripLeading();
    if (start.startsWith("{")) {
      return new WeightsReader(file).read(content);
    }
    if (start.startsWith("//")) {
      return new NnetReader(file).read(content);
    }
    if (OnnxReader.looksLikeModel(content)) {
      return OnnxReader.read(file, content);
    }
    throw file.bad(
        "this is not a network file that is known; give it the extension of its format: .onnx,"
            + " .nnet or .json");
  }

  private static String start(byte[] content) {
    return new String(content, 0, Math.min(content.length, SNIFFED), StandardCharsets.ISO_8859_1);
  }
}
