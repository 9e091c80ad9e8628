package dev.crease.solver.natives;

import org.jspecify.annotations.Nullable;

/** Why a native library does not load, and what to do about it, in words for its users. */
public final class Unloadable {

  private static final String OTHER_LOADER =
      "let one class loader have it, or start a Java for each";

  private static final String NOEXEC =
      "set " + NativeCache.SETTING + " to a folder of your own from which programs may run";

  private Unloadable() {}

  /**
   * What is wrong.
   *
   * @param what the library's name
   */
  public static String reason(String what, LinkageError e) {
    String said = said(e);
    if (isOfOtherLoader(said)) {
      return what + " is loaded already by another class loader of this Java";
    }
    if (isNoexec(said)) {
      return what + " lies in a folder from which nothing may run (mounted noexec): " + said;
    }
    return what + " does not load: " + said;
  }

  /**
   * What to do.
   *
   * @param cause what was thrown, if anything was
   * @param otherwise what helps where nothing special is known
   */
  public static String remedy(@Nullable Throwable cause, String otherwise) {
    if (cause instanceof LinkageError e) {
      String said = said(e);
      if (isOfOtherLoader(said)) {
        return OTHER_LOADER;
      }
      if (isNoexec(said)) {
        return NOEXEC;
      }
    }
    return otherwise;
  }

  private static String said(LinkageError e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static boolean isOfOtherLoader(String said) {
    return said.contains("already loaded in another classloader");
  }

  private static boolean isNoexec(String said) {
    return said.contains("failed to map segment") || said.contains("Operation not permitted");
  }
}
