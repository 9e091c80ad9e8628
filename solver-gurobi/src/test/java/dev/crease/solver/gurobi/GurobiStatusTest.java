package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.gurobi.gurobi.GRB;
import dev.crease.solver.SolveStatus;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GurobiStatusTest {

  @ParameterizedTest
  @CsvSource({
    "1, LOADED, ERROR",
    "2, OPTIMAL, OPTIMAL",
    "3, INFEASIBLE, INFEASIBLE",
    "4, INF_OR_UNBD, INFEASIBLE_OR_UNBOUNDED",
    "5, UNBOUNDED, UNBOUNDED",
    "6, CUTOFF, OTHER_LIMIT",
    "7, ITERATION_LIMIT, OTHER_LIMIT",
    "8, NODE_LIMIT, NODE_LIMIT",
    "9, TIME_LIMIT, TIME_LIMIT",
    "10, SOLUTION_LIMIT, OTHER_LIMIT",
    "11, INTERRUPTED, INTERRUPTED",
    "12, NUMERIC, ERROR",
    "13, SUBOPTIMAL, ERROR",
    "14, INPROGRESS, ERROR",
    "15, USER_OBJ_LIMIT, OTHER_LIMIT",
    "16, WORK_LIMIT, OTHER_LIMIT",
    "17, MEM_LIMIT, OTHER_LIMIT"
  })
  void everyCodeSaysWhatGurobiMeans(int code, String name, SolveStatus status) throws Exception {
    assertEquals(GRB.Status.class.getField(name).getInt(null), code);
    assertEquals(status, GurobiStatus.solveStatus(code, true));
    assertEquals("Gurobi status " + code + " (" + name + ")", GurobiStatus.message(code));
  }

  @Test
  void noCodeOfGurobisIsLeftOut() throws Exception {
    for (Field field : GRB.Status.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        GurobiStatus known = GurobiStatus.valueOf(field.getName());
        assertEquals(
            "Gurobi status " + field.getInt(null) + " (" + known + ")",
            GurobiStatus.message(field.getInt(null)));
      }
    }
  }

  @Test
  void aStopThatNobodyAskedForIsALimit() {
    assertEquals(SolveStatus.OTHER_LIMIT, GurobiStatus.solveStatus(GRB.Status.INTERRUPTED, false));
    assertEquals(SolveStatus.TIME_LIMIT, GurobiStatus.solveStatus(GRB.Status.TIME_LIMIT, true));
  }

  @Test
  void anUnknownCodeProvesNothing() {
    for (int code : new int[] {0, -1, 18, 99}) {
      assertEquals(SolveStatus.ERROR, GurobiStatus.solveStatus(code, false));
      assertEquals("Gurobi status " + code, GurobiStatus.message(code));
    }
    assertNotEquals(SolveStatus.OPTIMAL, GurobiStatus.solveStatus(13, false));
  }
}
