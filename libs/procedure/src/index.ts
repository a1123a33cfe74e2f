// What a service runs statutory procedures (法定程序) with, by folder: docs/PROCEDURE.md says where each thing goes.
export {};
