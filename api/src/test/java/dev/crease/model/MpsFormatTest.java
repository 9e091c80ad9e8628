package dev.crease.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Unsupported;
import java.util.List;
import org.junit.jupiter.api.Test;

class MpsFormatTest {

  @Test
  void everySectionIsWritten() {
    Model.Builder m = Model.builder("two\nlines");
    Variable x = m.continuous("a b", Double.NEGATIVE_INFINITY, 4.5);
    Variable n = m.integer("n", -3, Double.POSITIVE_INFINITY);
    Variable b = m.binary("b");
    m.range("both", -1, LinearExpression.builder().add(2.5, x).add(-1, n).build(), 7);
    m.equal("equal", LinearExpression.of(b), 1);
    m.objective(Objective.maximize(LinearExpression.of(x).plus(LinearExpression.constant(0.25))));
    assertEquals(
        """
        * two lines
        * x0 is a b
        * x1 is n
        * x2 is b
        NAME crease
        OBJSENSE
            MAX
        ROWS
         N obj
         G c0lo
         L c0up
         E c2
        COLUMNS
            x0 obj 1.0
            x0 c0lo 2.5
            x0 c0up 2.5
            m0 'MARKER' 'INTORG'
            x1 obj 0
            x1 c0lo -1.0
            x1 c0up -1.0
            x2 obj 0
            x2 c2 1.0
            m1 'MARKER' 'INTEND'
        RHS
            rhs obj -0.25
            rhs c0lo -1.0
            rhs c0up 7.0
            rhs c2 1.0
        BOUNDS
         MI bnd x0
         UP bnd x0 4.5
         LO bnd x1 -3.0
         PL bnd x1
         LO bnd x2 0.0
         UP bnd x2 1.0
        ENDATA
        """,
        MpsFormat.write(m.build()));
  }

  @Test
  void whatIsNotLinearIsRefusedByName() {
    Model.Builder m = Model.builder("sets");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    m.add(new Sos1Constraint("pair", List.of(x, y)));
    Unsupported e = assertThrows(Unsupported.class, () -> MpsFormat.write(m.build()));
    assertTrue(e.getMessage().contains("pair") && e.getMessage().contains("LP"), e.getMessage());
  }
}
