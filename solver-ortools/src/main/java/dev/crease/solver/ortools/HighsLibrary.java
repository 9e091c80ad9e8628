package dev.crease.solver.ortools;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;

/**
 * The part of HiGHS's C interface that is used. Names and argument order are HiGHS's; {@code
 * HighsInt} is a 32-bit integer in this build, which {@link #Highs_getSizeofHighsInt} confirms.
 */
@SuppressWarnings("checkstyle:MethodName")
interface HighsLibrary extends Library {

  // Constants of interfaces/highs_c_api.h, HiGHS 1.12; model statuses are HighsModelStatus.

  int STATUS_ERROR = -1;

  int OPTION_BOOL = 0;
  int OPTION_INT = 1;
  int OPTION_DOUBLE = 2;

  int VAR_CONTINUOUS = 0;
  int VAR_INTEGER = 1;
  int MATRIX_ROWWISE = 2;
  int SENSE_MINIMIZE = 1;
  int SENSE_MAXIMIZE = -1;
  int SOLUTION_FEASIBLE = 2;

  int CALLBACK_LOGGING = 0;
  int CALLBACK_SIMPLEX_INTERRUPT = 1;
  int CALLBACK_IPM_INTERRUPT = 2;
  int CALLBACK_MIP_LOGGING = 5;
  int CALLBACK_MIP_INTERRUPT = 6;

  /** HiGHS's user callback. */
  interface UserCallback extends Callback {
    /** Called by HiGHS on its own thread. */
    void invoke(int type, String message, Pointer dataOut, Pointer dataIn, Pointer userData);
  }

  Pointer Highs_create();

  void Highs_destroy(Pointer highs);

  String Highs_version();

  int Highs_getSizeofHighsInt(Pointer highs);

  int Highs_passMip(
      Pointer highs,
      int columns,
      int rows,
      int nonZeros,
      int format,
      int sense,
      double offset,
      double[] cost,
      double[] columnLower,
      double[] columnUpper,
      double[] rowLower,
      double[] rowUpper,
      int[] start,
      int[] index,
      double[] value,
      int[] integrality);

  int Highs_setBoolOptionValue(Pointer highs, String option, int value);

  int Highs_setIntOptionValue(Pointer highs, String option, int value);

  int Highs_setDoubleOptionValue(Pointer highs, String option, double value);

  int Highs_setStringOptionValue(Pointer highs, String option, String value);

  int Highs_getOptionType(Pointer highs, String option, IntByReference type);

  int Highs_setSparseSolution(Pointer highs, int entries, int[] index, double[] value);

  int Highs_setCallback(Pointer highs, UserCallback callback, Pointer userData);

  int Highs_startCallback(Pointer highs, int type);

  Pointer Highs_getCallbackDataOutItem(Pointer dataOut, String item);

  int Highs_changeColsCostByRange(Pointer highs, int from, int to, double[] cost);

  int Highs_changeColsBoundsByRange(
      Pointer highs, int from, int to, double[] lower, double[] upper);

  int Highs_changeRowsBoundsByRange(
      Pointer highs, int from, int to, double[] lower, double[] upper);

  int Highs_changeCoeff(Pointer highs, int row, int column, double value);

  int Highs_getDualRay(Pointer highs, IntByReference has, double[] ray);

  int Highs_setLogicalBasis(Pointer highs);

  int Highs_zeroAllClocks(Pointer highs);

  int Highs_run(Pointer highs);

  int Highs_getModelStatus(Pointer highs);

  int Highs_getSolution(
      Pointer highs,
      double[] columnValue,
      double[] columnDual,
      double[] rowValue,
      double[] rowDual);

  int Highs_getIntInfoValue(Pointer highs, String info, IntByReference value);

  int Highs_getInt64InfoValue(Pointer highs, String info, LongByReference value);

  int Highs_getDoubleInfoValue(Pointer highs, String info, DoubleByReference value);
}
