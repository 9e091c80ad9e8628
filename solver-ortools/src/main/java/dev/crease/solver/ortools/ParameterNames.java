package dev.crease.solver.ortools;

import dev.crease.solver.guard.ReservedParameters;

/** What each solver calls the parameters that are not the user's. */
final class ParameterNames {

  static final ReservedParameters HIGHS =
      new ReservedParameters(
          "HiGHS",
          ".*tolerance|objective_(bound|target)|(small|large)_matrix_value|infinite_(bound|cost)"
              + "|mip_(rel|abs)_gap|kkt_tolerance|user_.*_scale|output_flag|log_.*|presolve.*");

  static final ReservedParameters SCIP =
      new ReservedParameters(
          "SCIP",
          "numerics/.*|limits/(gap|absgap)|constraints/countsols/.*"
              + "|constraints/nonlinear/assumeconvex|misc/catchctrlc"
              + "|constraints/indicator/(addopposite|generatebilinear|nolinconscont|dualreductions)"
              + "|constraints/linear/rangedrowpropagation|constraints/SOS1/boundcuts.*");

  static final ReservedParameters CP_SAT =
      new ReservedParameters(
          "CP-SAT",
          "mip_(max_bound|drop_tolerance|var_scaling|wanted_precision|check_precision)"
              + "|fix_variables_to_their_hinted_value|(relative|absolute)_gap_limit"
              + "|catch_sigint_signal|log_to_stdout|.*tolerance.*");

  static final ReservedParameters GLOP =
      new ReservedParameters(
          "GLOP", ".*tolerance.*|drop_magnitude|objective_(lower|upper)_limit|log_to_stdout");

  private ParameterNames() {}
}
