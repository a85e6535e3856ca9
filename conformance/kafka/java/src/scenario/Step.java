package scenario;

/** One thing a client does; what it returns is printed as the step's detail. */
@FunctionalInterface
interface Step {
    Object run(Request request) throws Exception;
}
