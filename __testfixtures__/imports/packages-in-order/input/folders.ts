export const reportsFolder = "reports";
