package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.crease.BadInput;
import dev.crease.formats.source.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files beside a model that hold its large tensors. A model names them, and a model may come
 * from anywhere: nothing is read but regular files within the model's own folder, links followed,
 * and no more of them than the tensor's shape needs.
 */
public final class ExternalData {

  private static final Set<String> KEYS = Set.of("location", "offset", "length", "checksum");

  private final SourceFile file;
  private final Optional<Path> folder;

  private ExternalData(SourceFile file, Optional<Path> folder) {
    this.file = file;
    this.folder = folder;
  }

  /** Of a model that is in no folder: it must hold all of its data itself. */
  static ExternalData none(SourceFile file) {
    return new ExternalData(file, Optional.empty());
  }

  /** Of a model in a file. */
  public static ExternalData beside(SourceFile file, Path model) {
    Path parent = model.toAbsolutePath().getParent();
    return new ExternalData(file, Optional.ofNullable(parent));
  }

  /**
   * The bytes of a tensor.
   *
   * @param origin the tensor, to begin a message with
   * @param expected how many bytes its shape needs
   * @throws BadInput if what the tensor says of the file is wrong, or leaves the model's folder
   */
  ByteBuffer read(String origin, TensorProto tensor, long expected) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      if (!KEYS.contains(entry.getKey()) || entries.put(entry.getKey(), entry.getValue()) != null) {
        throw file.bad(
            origin
                + ": what it says of its data file, "
                + SourceFile.quoted(entry.getKey())
                + ", is not known, or is there twice; export the model again");
      }
    }
    String location = entries.getOrDefault("location", "");
    String what = origin + ": its data file " + SourceFile.quoted(location);
    long offset = number(what, "offset", entries.getOrDefault("offset", "0"));
    long length = number(what, "length", entries.getOrDefault("length", String.valueOf(expected)));
    if (length != expected || expected > Integer.MAX_VALUE) {
      throw file.bad(
          what
              + " is to give "
              + length
              + " bytes, and its shape needs "
              + expected
              + "; export the model again");
    }
    Path path = path(what, location);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      // Not their sum, which could overflow.
      if (offset > size || length > size - offset) {
        throw file.bad(
            what
                + " has "
                + size
                + " bytes, and "
                + length
                + " from byte "
                + offset
                + " on are needed; copy or export it again");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException();
        }
      }
      return buffer.flip();
    } catch (IOException e) {
      throw refusal(what + " could not be read; check the disk and its permissions", e);
    }
  }

  private long number(String what, String name, String text) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal(notNumber(what, name, text), e);
    }
    throw file.bad(notNumber(what, name, text));
  }

  private static String notNumber(String what, String name, String text) {
    return what
        + " has the "
        + name
        + " "
        + SourceFile.quoted(text)
        + ", which is no number from 0 to 2^63; export the model again";
  }

  /** Where the data is: a regular file in the model's folder or below. */
  private Path path(String what, String location) {
    if (folder.isEmpty()) {
      throw file.unsupported(
          what + " cannot be found, as the model is not read from a file; save it as one file");
    }
    if (location.isEmpty()) {
      throw file.bad(what + " has no name; export the model again");
    }
    try {
      Path relative = Path.of(location);
      // A backslash or a drive separates folders elsewhere, and such a model must not mean
      // different files on different systems.
      boolean leaves =
          relative.isAbsolute()
              || location.startsWith("/")
              || location.indexOf('\\') >= 0
              || location.indexOf(':') >= 0;
      for (Path part : relative) {
        leaves |= part.toString().equals("..");
      }
      if (leaves) {
        throw outside(what);
      }
      Path own = folder.get().toRealPath();
      Path real = own.resolve(relative).toRealPath();
      if (!real.startsWith(own)) {
        throw outside(what);
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw file.bad(what + " is not a regular file; export the model again");
      }
      return real;
    } catch (InvalidPathException e) {
      throw refusal(what + " has a name that no file has; export the model again", e);
    } catch (IOException e) {
      throw refusal(
          what + " is not there; copy it into the model's folder, or save the model as one file",
          e);
    }
  }

  private BadInput outside(String what) {
    return file.bad(
        what
            + " does not lie in the model's folder, and nothing else is read; save the model as one"
            + " file");
  }

  private BadInput refusal(String message, Exception cause) {
    return new BadInput(file.bad(message).getMessage(), cause);
  }
}
