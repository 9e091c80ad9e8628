// The part of SCIP's C interface that Crease uses, written by hand: SCIP publishes no headers with
// the library that OR-Tools carries. Names, order and meaning of arguments are SCIP's (SCIP 10,
// scipopt.org/doc); SCIP_Real is double, SCIP_Bool unsigned int, SCIP_Longint long long, and every
// SCIP_RETCODE an int. Structures stay opaque.
#ifndef CREASE_SCIP_H
#define CREASE_SCIP_H

#include <cstdio>
#include <string>

struct Scip;
struct ScipVar;
struct ScipCons;
struct ScipSol;
struct ScipParam;
struct ScipEvent;
struct ScipEventhdlr;
struct ScipMessagehdlr;
struct ScipLpi;

extern "C" {

// Called by SCIP when an event happens that was caught.
typedef int (*ScipEventExec)(Scip* scip, ScipEventhdlr* handler, ScipEvent* event, void* data);
// Called by SCIP with a piece of its log.
typedef void (*ScipMessage)(ScipMessagehdlr* handler, void* file, const char* message);
// Called by SCIP with a piece of an error message.
typedef void (*ScipErrorPrinting)(void* data, void* file, const char* message);

int SCIPmajorVersion(void);
int SCIPminorVersion(void);
int SCIPtechVersion(void);

int SCIPcreate(Scip** scip);
int SCIPfree(Scip** scip);
int SCIPincludeDefaultPlugins(Scip* scip);
int SCIPcreateProbBasic(Scip* scip, const char* name);
double SCIPinfinity(Scip* scip);

int SCIPsetObjsense(Scip* scip, int sense);
int SCIPaddOrigObjoffset(Scip* scip, double offset);

int SCIPcreateVarBasic(
    Scip* scip, ScipVar** var, const char* name, double lb, double ub, double obj, int vartype);
int SCIPaddVar(Scip* scip, ScipVar* var);
int SCIPreleaseVar(Scip* scip, ScipVar** var);
int SCIPgetNegatedVar(Scip* scip, ScipVar* var, ScipVar** negvar);

int SCIPcreateConsBasicLinear(
    Scip* scip,
    ScipCons** cons,
    const char* name,
    int nvars,
    ScipVar** vars,
    double* vals,
    double lhs,
    double rhs);
int SCIPaddCoefLinear(Scip* scip, ScipCons* cons, ScipVar* var, double val);
int SCIPcreateConsBasicIndicator(
    Scip* scip,
    ScipCons** cons,
    const char* name,
    ScipVar* binvar,
    int nvars,
    ScipVar** vars,
    double* vals,
    double rhs);
int SCIPaddVarIndicator(Scip* scip, ScipCons* cons, ScipVar* var, double val);
int SCIPcreateConsBasicSOS1(
    Scip* scip, ScipCons** cons, const char* name, int nvars, ScipVar** vars, double* weights);
int SCIPaddVarSOS1(Scip* scip, ScipCons* cons, ScipVar* var, double weight);
int SCIPcreateConsBasicQuadraticNonlinear(
    Scip* scip,
    ScipCons** cons,
    const char* name,
    int nlinvars,
    ScipVar** linvars,
    double* lincoefs,
    int nquadterms,
    ScipVar** quadvars1,
    ScipVar** quadvars2,
    double* quadcoefs,
    double lhs,
    double rhs);
int SCIPaddCons(Scip* scip, ScipCons* cons);
int SCIPreleaseCons(Scip* scip, ScipCons** cons);

int SCIPcreatePartialSol(Scip* scip, ScipSol** sol, void* heur);
int SCIPsetSolVal(Scip* scip, ScipSol* sol, ScipVar* var, double val);
int SCIPaddSolFree(Scip* scip, ScipSol** sol, unsigned int* stored);

ScipParam* SCIPgetParam(Scip* scip, const char* name);
int SCIPparamGetType(ScipParam* param);
int SCIPsetBoolParam(Scip* scip, const char* name, unsigned int value);
int SCIPsetIntParam(Scip* scip, const char* name, int value);
int SCIPsetLongintParam(Scip* scip, const char* name, long long value);
int SCIPsetRealParam(Scip* scip, const char* name, double value);
int SCIPsetCharParam(Scip* scip, const char* name, char value);
int SCIPsetStringParam(Scip* scip, const char* name, const char* value);

#ifndef CREASE_PARSING
int SCIPincludeEventhdlrBasic(
    Scip* scip,
    ScipEventhdlr** handler,
    const char* name,
    const char* desc,
    ScipEventExec exec,
    void* data);
void* SCIPeventhdlrGetData(ScipEventhdlr* handler);
int SCIPsetEventhdlrCopy(
    Scip* scip, ScipEventhdlr* handler, int (*copy)(Scip* scip, ScipEventhdlr* handler));
int SCIPsetEventhdlrInit(
    Scip* scip, ScipEventhdlr* handler, int (*init)(Scip* scip, ScipEventhdlr* handler));
int SCIPcatchEvent(
    Scip* scip, unsigned long long eventtype, ScipEventhdlr* handler, void* data, int* filterpos);
#endif
int SCIPmessagehdlrCreate(
    ScipMessagehdlr** handler,
    unsigned int bufferedoutput,
    const char* filename,
    unsigned int quiet,
    ScipMessage warning,
    ScipMessage dialog,
    ScipMessage info,
    void* free,
    void* data);
int SCIPmessagehdlrRelease(ScipMessagehdlr** handler);
int SCIPsetMessagehdlr(Scip* scip, ScipMessagehdlr* handler);
void SCIPmessageSetErrorPrinting(ScipErrorPrinting printing, void* data);

int SCIPsolve(Scip* scip);
int SCIPinterruptSolve(Scip* scip);

int SCIPgetStage(Scip* scip);
int SCIPgetStatus(Scip* scip);
const char* SCIPstatusName(int status);
int SCIPgetNSols(Scip* scip);
ScipSol* SCIPgetBestSol(Scip* scip);
double SCIPgetSolVal(Scip* scip, ScipSol* sol, ScipVar* var);
double SCIPgetPrimalbound(Scip* scip);
double SCIPgetDualbound(Scip* scip);
long long SCIPgetNTotalNodes(Scip* scip);

// SCIP's interface to the solver of linear programs that it was built with. An infinite side or
// bound is SCIPlpiInfinity or more; parameters are numbered in lpi/type_lpi.h.
int SCIPlpiCreate(ScipLpi** lpi, ScipMessagehdlr* messagehdlr, const char* name, int objsen);
int SCIPlpiFree(ScipLpi** lpi);
int SCIPlpiLoadColLP(
    ScipLpi* lpi,
    int objsen,
    int ncols,
    const double* obj,
    const double* lb,
    const double* ub,
    void* colnames,
    int nrows,
    const double* lhs,
    const double* rhs,
    void* rownames,
    int nnonz,
    const int* beg,
    const int* ind,
    const double* val);
int SCIPlpiChgBounds(
    ScipLpi* lpi, int ncols, const int* ind, const double* lb, const double* ub);
int SCIPlpiChgSides(
    ScipLpi* lpi, int nrows, const int* ind, const double* lhs, const double* rhs);
int SCIPlpiChgObj(ScipLpi* lpi, int ncols, const int* ind, const double* obj);
int SCIPlpiChgCoef(ScipLpi* lpi, int row, int col, double newval);
int SCIPlpiSetIntpar(ScipLpi* lpi, int type, int ival);
int SCIPlpiSetRealpar(ScipLpi* lpi, int type, double dval);
double SCIPlpiInfinity(ScipLpi* lpi);
int SCIPlpiGetBase(ScipLpi* lpi, int* cstat, int* rstat);
int SCIPlpiClearState(ScipLpi* lpi);
int SCIPlpiSolvePrimal(ScipLpi* lpi);
int SCIPlpiSolveDual(ScipLpi* lpi);
int SCIPlpiInterrupt(ScipLpi* lpi, unsigned int interrupt);
unsigned int SCIPlpiIsOptimal(ScipLpi* lpi);
unsigned int SCIPlpiIsPrimalInfeasible(ScipLpi* lpi);
unsigned int SCIPlpiIsTimelimExc(ScipLpi* lpi);
unsigned int SCIPlpiHasDualRay(ScipLpi* lpi);
int SCIPlpiGetSol(
    ScipLpi* lpi,
    double* objval,
    double* primsol,
    double* dualsol,
    double* activity,
    double* redcost);
int SCIPlpiGetDualfarkas(ScipLpi* lpi, double* dualfarkas);

}  // extern "C"

// SCIP prints errors through one function a process. They are kept by thread until asked for, so
// that a failed call can be told with SCIP's own words.
//
// An event handler sees to it that a solve stops when told to. SCIP copies it into the SCIPs of its
// heuristics, where it does nothing but look at the flag.
#ifdef CREASE_PARSING
int creaseListen(Scip* scip, ScipEventExec exec, int* stop);
void creaseKeepErrors();
const char* creaseErrors();
void creaseForgetErrors();
#else
inline std::string& creaseErrorText() {
  static thread_local std::string text;
  return text;
}

inline void creaseKeepError(void*, void*, const char* message) {
  if (message != nullptr && creaseErrorText().size() < 2000) {
    creaseErrorText() += message;
  }
}

inline void creaseKeepErrors() { SCIPmessageSetErrorPrinting(creaseKeepError, nullptr); }

inline const char* creaseErrors() { return creaseErrorText().c_str(); }

inline void creaseForgetErrors() { creaseErrorText().clear(); }

// A presolving round, a node in focus, a better dual bound, the first and last LP of a node, a
// solution, a better solution: scip/type_event.h of SCIP 10.
const unsigned long long CREASE_EVENTS = 0x40000ULL | 0x80000ULL | 0x1000000ULL | 0x2000000ULL |
                                         0x4000000ULL | 0x8000000ULL | 0x10000000ULL;

inline int creaseCatch(Scip* scip, ScipEventhdlr* handler) {
  return SCIPcatchEvent(scip, CREASE_EVENTS, handler, nullptr, nullptr);
}

inline int creaseStopCopy(Scip* scip, ScipEventhdlr* handler, ScipEvent*, void*) {
  const volatile int* stop = static_cast<const volatile int*>(SCIPeventhdlrGetData(handler));
  return *stop != 0 ? SCIPinterruptSolve(scip) : 1;
}

inline int creaseInclude(Scip* scip, ScipEventExec exec, void* stop);

inline int creaseCopy(Scip* scip, ScipEventhdlr* handler) {
  return creaseInclude(scip, creaseStopCopy, SCIPeventhdlrGetData(handler));
}

inline int creaseInclude(Scip* scip, ScipEventExec exec, void* stop) {
  ScipEventhdlr* handler = nullptr;
  int code = SCIPincludeEventhdlrBasic(
      scip, &handler, "crease", "progress and interruption", exec, stop);
  if (code == 1) {
    code = SCIPsetEventhdlrCopy(scip, handler, creaseCopy);
  }
  if (code == 1) {
    code = SCIPsetEventhdlrInit(scip, handler, creaseCatch);
  }
  return code;
}

// Calls exec at each event of this SCIP, and interrupts its copies when *stop is not 0.
inline int creaseListen(Scip* scip, ScipEventExec exec, int* stop) {
  return creaseInclude(scip, exec, stop);
}
#endif

#endif
