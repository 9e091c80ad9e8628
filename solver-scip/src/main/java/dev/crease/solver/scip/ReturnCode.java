package dev.crease.solver.scip;

/** What SCIP's functions return ({@code SCIP_RETCODE}, scip/type_retcode.h). */
enum ReturnCode {
  OKAY(1, "normal termination"),
  ERROR(0, "unspecified error"),
  NOMEMORY(-1, "insufficient memory"),
  READERROR(-2, "read error"),
  WRITEERROR(-3, "write error"),
  NOFILE(-4, "file not found"),
  FILECREATEERROR(-5, "cannot create file"),
  LPERROR(-6, "error in LP solver"),
  NOPROBLEM(-7, "no problem exists"),
  INVALIDCALL(-8, "method cannot be called at this time"),
  INVALIDDATA(-9, "error in input data"),
  INVALIDRESULT(-10, "method returned an invalid result"),
  PLUGINNOTFOUND(-11, "plugin not found"),
  PARAMETERUNKNOWN(-12, "unknown parameter"),
  PARAMETERWRONGTYPE(-13, "parameter of another type"),
  PARAMETERWRONGVAL(-14, "value out of the parameter's range"),
  KEYALREADYEXISTING(-15, "key exists already"),
  MAXDEPTHLEVEL(-16, "maximal branching depth exceeded"),
  BRANCHERROR(-17, "no branching could be created"),
  NOTIMPLEMENTED(-18, "not implemented"),
  /** A code of a later SCIP. */
  UNKNOWN(Integer.MIN_VALUE, "unknown return code");

  private final int code;
  private final String words;

  ReturnCode(int code, String words) {
    this.code = code;
    this.words = words;
  }

  static ReturnCode of(int code) {
    for (ReturnCode known : values()) {
      if (known.code == code) {
        return known;
      }
    }
    return UNKNOWN;
  }

  /** What it means. */
  String words() {
    return words;
  }
}
