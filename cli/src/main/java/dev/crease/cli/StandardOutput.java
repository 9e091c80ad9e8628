package dev.crease.cli;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Standard output, kept for the answers. Native libraries print to file descriptor 1 what nobody
 * can silence: before the first of them is used, {@link #keepFromNativeCode} moves the answers to a
 * descriptor of their own and lets 1 be standard error. Unlike {@link System#out} it says when it
 * cannot be written.
 */
final class StandardOutput extends OutputStream {

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private static final int GET_FLAGS = 3;
  private static final int ACCESS_MODE = 3;
  private static final int READ_ONLY = 0;

  private final FileOutputStream first = new FileOutputStream(FileDescriptor.out);
  private Optional<Kept> kept = Optional.empty();
  private boolean tried;

  /** The part of the C library that is used. */
  interface CLibrary extends Library {
    /** Gives a descriptor a second number. */
    int dup(int descriptor) throws LastErrorException;

    /** Makes a number that of another descriptor. */
    int dup2(int from, int to) throws LastErrorException;

    /** Asks about a descriptor. */
    int fcntl(int descriptor, int command) throws LastErrorException;

    /** Writes as much as it can, and says how much. */
    NativeLong write(int descriptor, byte[] bytes, NativeLong count) throws LastErrorException;
  }

  /** Where the answers go once descriptor 1 is standard error. */
  private record Kept(CLibrary c, int descriptor) {

    void write(byte[] bytes, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        byte[] rest = Arrays.copyOfRange(bytes, offset + done, offset + length);
        try {
          done += c.write(descriptor, rest, new NativeLong(rest.length)).intValue();
        } catch (LastErrorException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    }
  }

  /**
   * Sees to it that what native code prints does not come between the answers. Where that cannot be
   * had, everything stays as it is.
   */
  synchronized void keepFromNativeCode() {
    if (tried) {
      return;
    }
    tried = true;
    if (Platform.isWindows()) {
      // Each library may have descriptors of its own there.
      return;
    }
    try {
      CLibrary c = Native.load("c", CLibrary.class);
      if ((c.fcntl(STANDARD_OUTPUT, GET_FLAGS) & ACCESS_MODE) == READ_ONLY) {
        // It was closed, and the number went to the next file: one of Java's own.
        return;
      }
      int copy = c.dup(STANDARD_OUTPUT);
      c.dup2(STANDARD_ERROR, STANDARD_OUTPUT);
      kept = Optional.of(new Kept(c, copy));
    } catch (LinkageError | LastErrorException e) {
      // No JNA here, or a stream that was closed: what native code prints shows.
      return;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (kept.isPresent()) {
      kept.get().write(bytes, offset, length);
    } else {
      first.write(bytes, offset, length);
    }
  }
}
